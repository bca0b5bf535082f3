"use client";
import type { ImportCheck, ImportView } from "#server/imports/schema.ts";
import { BrokenState } from "@/components/ui/list-states";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Section } from "@/components/ui/section";
import { count } from "./import-words";
import { RowErrors } from "./row-errors";

/** What the file would do. Nothing has been written yet. */
export function ImportCheckPanel({
  record,
  check,
  error,
  onRetry,
}: {
  record: ImportView;
  check: ImportCheck | undefined;
  error: { message: string } | null;
  onRetry: () => void;
}) {
  if (error && !check) return <BrokenState error={error} onRetry={onRetry} />;
  if (!check) {
    return (
      <Section title="Check">
        <ProgressBar label={record.done > 0 ? `Counted ${count(record.done)} rows` : "Counting the rows"} done={record.done} total={null} />
        <p className="mt-2 text-sm text-muted">Nothing is written while the file is counted.</p>
      </Section>
    );
  }
  const lines: [number, string][] = [
    [check.newPeople, `new ${check.newPeople === 1 ? "person" : "people"}`],
    [check.newCompanies, `new ${check.newCompanies === 1 ? "company" : "companies"}`],
    [check.alreadyHere, record.options.dedupe === "update" ? "already here: what is empty is filled" : "already here: left alone"],
    [check.doNotContact, "do not contact: kept out of campaigns"],
    [check.ownedByOthers, "owned by others: owner kept"],
    [check.withoutAddress, "without an address: they need one before a mail"],
    [check.joined, "repeat a row of this file: joined"],
    [check.errors, check.errors === 1 ? "row has an error" : "rows have errors"],
  ];
  return (
    <Section title="Check">
      <p className="text-sm text-muted">Nothing has been written yet.</p>
      <dl className="mt-2 text-sm">
        {lines
          .filter(([number], index) => number > 0 || index === 0)
          .map(([number, words]) => (
            <div key={words} className="grid grid-cols-[56px_1fr] gap-3 py-0.5">
              <dt className="text-right font-medium tabular-nums">{count(number)}</dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
      {check.errors > 0 && <RowErrors record={record} />}
    </Section>
  );
}
