"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type ColumnMapping, type ImportView, type Target, targets, targetWords } from "#server/imports/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { ImportCheckPanel } from "./import-check";
import { ImportOptionsForm } from "./import-options-form";

const OPTIONS = targets.map((target) => ({ value: target, label: targetWords[target] }));

/** Steps two and three side by side: what each column becomes, and what the file would do. */
export function ImportColumns({ record }: { record: ImportView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [options, setOptions] = useState(record.options);
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.imports.pathKey() });
  const save = useMutation(trpc.imports.saveMapping.mutationOptions({ onSettled: refresh }));
  const start = useMutation(trpc.imports.start.mutationOptions({ onSettled: refresh }));
  const { mutate: askForCheck } = useMutation(trpc.imports.requestCheck.mutationOptions({ onSettled: refresh }));
  // A file that somebody stored elsewhere (the sample list) has not been counted yet.
  useEffect(() => {
    if (record.status === "stored") askForCheck({ id: record.id });
  }, [record.status, record.id, askForCheck]);
  const check = useQuery(trpc.imports.check.queryOptions({ id: record.id }, { enabled: record.status === "ready" }));

  // A field is saved as it is left, often by the very press that imports: the import waits for it, and does not begin where it was refused
  // or where other columns mean another count.
  const saving = useRef<Promise<boolean> | null>(null);
  // What was refused stands in the form only: the next press saves it first.
  const isUnsaved = useRef(false);
  const keep = (mapping: ColumnMapping[], next: typeof options, mayBegin: boolean) => {
    const kept = save.mutateAsync({ id: record.id, mapping, options: next }).then(
      () => {
        isUnsaved.current = false;
        return mayBegin;
      },
      () => {
        isUnsaved.current = true;
        return false;
      },
    );
    saving.current = kept;
    void kept.then(() => {
      if (saving.current === kept) saving.current = null;
    });
  };
  const begin = async () => {
    if (!saving.current && isUnsaved.current) keep(record.mapping, options, true);
    if ((await saving.current) ?? true) start.mutate({ id: record.id });
  };

  const change = (column: number, becomes: Target, more: Partial<ColumnMapping> = {}) => {
    const mapping = record.mapping.map((entry) =>
      entry.column === column
        ? withTarget(entry, becomes, more)
        : entry.becomes === becomes && becomes !== "custom" && becomes !== "skip"
          ? withTarget(entry, "custom")
          : entry,
    );
    keep(mapping, options, false);
  };
  const saveOptions = (next: typeof options) => {
    setOptions(next);
    keep(record.mapping, next, true);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-8 phone:grid-cols-1">
      <div className="grid min-w-0 gap-3">
        {record.isRemembered && <Notice>These headings were imported before; the columns are as you chose them then.</Notice>}
        <div className="overflow-x-auto">
          <table className="w-full min-w-[560px] text-sm">
            <thead>
              <tr className="h-8 text-left text-xs whitespace-nowrap text-muted">
                <th className="pr-3 font-normal">Column in file</th>
                <th className="pr-3 font-normal">Sample</th>
                <th className="font-normal">Becomes</th>
              </tr>
            </thead>
            <tbody>
              {record.mapping.map((entry) => (
                <ColumnRow key={entry.column} entry={entry} record={record} onChange={change} isBusy={save.isPending} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <div className="sticky top-0 grid gap-6">
        <ImportCheckPanel record={record} check={check.data} error={check.error} onRetry={() => void check.refetch()} />
        <ImportOptionsForm options={options} onChange={saveOptions} />
        <Problem>{(save.error ?? start.error) && sentenceOf(save.error ?? start.error)}</Problem>
        <div className="phone:sticky phone:bottom-2">
          <Button variant="primary" busy={start.isPending} disabled={record.status !== "ready" || !check.data} onClick={() => void begin()}>
            {check.data ? `Import ${peopleInWords(check.data.newPeople + check.data.alreadyHere)}` : "Import people"}
          </Button>
        </div>
      </div>
    </div>
  );
}

function ColumnRow({
  entry,
  record,
  onChange,
  isBusy,
}: {
  entry: ColumnMapping;
  record: ImportView;
  onChange: (column: number, becomes: Target, more?: Partial<ColumnMapping>) => void;
  isBusy: boolean;
}) {
  const at = record.shape.sample.findIndex((cells) => (cells[entry.column] ?? "").trim() !== "");
  const sample = at < 0 ? "" : (record.shape.sample[at]?.[entry.column] ?? "");
  const clean = at < 0 ? null : cleanOf(entry.becomes, record.cleaned[at]);
  const isName = entry.becomes === "fullName" || entry.becomes === "firstName" || entry.becomes === "company";
  return (
    <tr className="h-9 border-t border-line align-middle">
      <td className="max-w-44 truncate pr-3" title={entry.heading}>
        <bdi>{entry.heading}</bdi>
      </td>
      <td className="max-w-52 truncate pr-3 text-muted" title={sample}>
        <bdi>{sample || "–"}</bdi>
      </td>
      <td className="py-1">
        <div className="flex flex-wrap items-center gap-2">
          <Combobox
            className="w-52"
            label={`What “${entry.heading}” becomes`}
            options={OPTIONS}
            value={entry.becomes}
            disabled={isBusy}
            onChange={(value) => value && onChange(entry.column, value as Target)}
          />
          {clean && clean !== sample && (
            <span className="min-w-0 truncate text-muted">
              → <bdi className="text-ink">{clean}</bdi>
            </span>
          )}
          {isName && (
            <Checkbox checked={entry.asIs === true} onChange={(asIs) => onChange(entry.column, entry.becomes, { asIs })}>
              As in the file
            </Checkbox>
          )}
        </div>
      </td>
    </tr>
  );
}

function cleanOf(becomes: Target, cleaned: ImportView["cleaned"][number] | undefined): string | null {
  if (!cleaned || cleaned.error) return null;
  if (becomes === "fullName" || becomes === "firstName") return cleaned.fullName;
  if (becomes === "company") return cleaned.company ? `${cleaned.company} in mails` : null;
  if (becomes === "title") return cleaned.title;
  if (becomes === "city" || becomes === "timeZone") return cleaned.timeZone;
  return null;
}

const peopleInWords = (count: number) => (count === 1 ? "1 person" : `${count.toLocaleString("en-GB")} people`);

/** The same column as something else; what is kept under its own name gets a key. */
function withTarget(entry: ColumnMapping, becomes: Target, more: Partial<ColumnMapping> = {}): ColumnMapping {
  const { column, heading } = entry;
  if (becomes !== "custom") return { column, heading, becomes, ...(entry.asIs !== undefined && { asIs: entry.asIs }), ...more };
  const key =
    entry.key ??
    (heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 50) ||
      "column");
  return { column, heading, becomes, key: entry.key ?? `${key}_${column + 1}`, type: entry.type ?? "text" };
}
