"use client";
import type { Thresholds } from "#server/scoring/schema.ts";
import { Grade } from "@/components/ui/grade";
import { Input } from "@/components/ui/input";

const LETTERS = ["A", "B", "C", "D", "E"] as const;

/** From which score each grade begins; what is below E is F. */
export function ThresholdFields({
  value,
  canEdit,
  onChange,
}: {
  value: Thresholds;
  canEdit: boolean;
  onChange: (next: Thresholds) => void;
}) {
  return (
    <div className="flex flex-wrap gap-4">
      {LETTERS.map((letter) => (
        <span key={letter} className="flex items-center gap-2 text-sm">
          <Grade grade={letter} />
          <span className="text-muted">from</span>
          <Input
            type="number"
            min={1}
            max={100}
            className="w-18"
            aria-label={`${letter} from`}
            disabled={!canEdit}
            value={value[letter]}
            onChange={(event) => onChange({ ...value, [letter]: Math.round(Number(event.target.value)) })}
          />
        </span>
      ))}
    </div>
  );
}
