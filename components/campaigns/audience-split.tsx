"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { overridableCodes } from "#server/enrolments/constants.ts";
import type { AudienceSplit, SplitCode } from "#server/enrolments/schema.ts";
import { Checkbox } from "@/components/ui/checkbox";
import { Grade } from "@/components/ui/grade";
import { splitWords } from "./words";

/** Who will be added and who not, before anything is done: each count opens its people. */
export function AudienceSplitView({
  split,
  include,
  onInclude,
}: {
  split: AudienceSplit;
  include: readonly SplitCode[];
  onInclude: (codes: SplitCode[]) => void;
}) {
  const toggle = (code: SplitCode) => onInclude(include.includes(code) ? include.filter((other) => other !== code) : [...include, code]);
  return (
    <div className="grid gap-1">
      <p className="text-base">
        {split.total.toLocaleString("en-GB")} chosen → <strong>{split.willBeAdded.toLocaleString("en-GB")} will be added</strong>
      </p>
      <ul className="border-t border-line">
        {split.groups.map((group) => (
          <Group
            key={group.code}
            group={group}
            isAnyway={include.includes(group.code)}
            {...(overridableCodes.includes(group.code) && { onAnyway: () => toggle(group.code) })}
          />
        ))}
      </ul>
      {include.length > 0 && (
        <p className="text-sm text-muted">
          Added although a rule leaves them out: {include.map((code) => splitWords[code](2)).join(", ")}.{" "}
          <button type="button" className="text-accent" onClick={() => onInclude([])}>
            Leave them out
          </button>
        </p>
      )}
    </div>
  );
}

function Group({ group, isAnyway, onAnyway }: { group: AudienceSplit["groups"][number]; isAnyway: boolean; onAnyway?: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const Sign = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className="border-b border-line">
      <div className="flex min-h-9 items-center gap-2 text-sm">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-w-0 flex-1 items-center gap-2 text-left"
        >
          <Sign aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <span className="w-12 text-right font-medium">{group.count.toLocaleString("en-GB")}</span>
          <span className={group.code === "will_be_added" ? "text-good" : ""}>{splitWords[group.code](group.count)}</span>
        </button>
        {onAnyway && (
          <Checkbox checked={isAnyway} onChange={onAnyway}>
            Add anyway
          </Checkbox>
        )}
      </div>
      {isOpen && (
        <ul className="max-h-56 overflow-y-auto pb-2 pl-6 text-sm">
          {group.leads.map((lead) => (
            <li key={lead.id} className="flex min-h-7 items-center gap-2">
              <Grade grade={lead.grade as "A" | null} />
              <bdi className="min-w-0 truncate">{lead.fullName}</bdi>
              <bdi className="min-w-0 flex-1 truncate text-muted">{lead.company}</bdi>
              {lead.note && <bdi className="min-w-0 truncate text-muted">{lead.note}</bdi>}
            </li>
          ))}
          {group.count > group.leads.length && (
            <li className="text-muted">and {(group.count - group.leads.length).toLocaleString("en-GB")} more</li>
          )}
        </ul>
      )}
    </li>
  );
}
