"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Select } from "@/components/ui/select";

export type Away = { from: string; until: string; coveredById: string | null };
const NOBODY = "nobody";

/** Days away, both included, and who covers. */
export function AwayField({
  value,
  onChange,
  colleagues,
  problem,
}: {
  value: Away | null;
  onChange: (value: Away | null) => void;
  colleagues: readonly { userId: string; name: string }[];
  problem?: string | undefined;
}) {
  return (
    <fieldset className="grid gap-3">
      <legend className="sr-only">Away</legend>
      <Checkbox
        checked={value !== null}
        onChange={(on) => onChange(on ? { from: "", until: "", coveredById: null } : null)}
        detail="Your booking page offers no times on these days, and no mail proposes them."
      >
        I am away
      </Checkbox>
      {value && (
        <div className="grid gap-3 pl-6 phone:pl-0">
          <div className="flex flex-wrap gap-3">
            <Labelled id="away-from" label="First day away">
              <Input
                id="away-from"
                type="date"
                value={value.from}
                aria-invalid={problem ? true : undefined}
                onChange={(event) => onChange({ ...value, from: event.target.value })}
              />
            </Labelled>
            <Labelled id="away-until" label="Last day away">
              <Input
                id="away-until"
                type="date"
                value={value.until}
                min={value.from || undefined}
                aria-invalid={problem ? true : undefined}
                onChange={(event) => onChange({ ...value, until: event.target.value })}
              />
            </Labelled>
          </div>
          {problem && (
            <p role="alert" className="text-xs text-bad">
              {problem}
            </p>
          )}
          <Labelled id="away-cover" label="Who covers for you" hint="Your things stand on their Today page on these days.">
            <Select
              id="away-cover"
              value={value.coveredById ?? NOBODY}
              onChange={(id) => onChange({ ...value, coveredById: id === NOBODY ? null : id })}
              options={[{ value: NOBODY, label: "Nobody" }, ...colleagues.map(({ userId, name }) => ({ value: userId, label: name }))]}
            />
          </Labelled>
        </div>
      )}
    </fieldset>
  );
}
