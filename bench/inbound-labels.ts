import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";
import * as z from "zod";

type Label = { recipients: Map<string, "hard" | "soft" | null> };

const hardness = z
  .union([z.boolean().transform((is) => (is ? "hard" : "soft")), z.string()])
  .transform((said) =>
    /^(?:hard|permanent|true|1|yes)/i.test(said) ? "hard" : /^(?:soft|temporary|transient|false|0|no)/i.test(said) ? "soft" : null,
  );
const row = z
  .looseObject({
    file: z.string().optional(),
    name: z.string().optional(),
    recipient: z.union([z.string(), z.array(z.string())]).optional(),
    recipients: z.array(z.union([z.string(), z.looseObject({ address: z.string(), hardness: hardness.optional() })])).optional(),
    hardness: hardness.optional(),
    hard: hardness.optional(),
  })
  .transform((said) => ({ ...said, file: said.file ?? said.name }));
const byAddress = z.record(z.string().regex(/@/), hardness);

/**
 * What is known of the mails of a folder, by file name: `labels.json` (`{"<file>": {"<address>": "hard" | "soft"}}`, or per file or in a list
 * `{file, recipient | recipients, hardness}`), `labels.jsonl` (one such object a line) or `labels.csv` (columns file, recipient, hardness;
 * a row per recipient). Null: no labels lie there.
 */
export function readLabels(folder: string): Map<string, Label> | null {
  const found = ["labels.json", "labels.jsonl", "labels.csv"].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (!found) return null;
  const text = readFileSync(found, "utf8");
  const labels = new Map<string, Label>();
  const add = (file: string, said: unknown) => {
    const label = labels.get(basename(file)) ?? { recipients: new Map() };
    labels.set(basename(file), label);
    const plain = byAddress.safeParse(said);
    if (plain.success) for (const [address, kind] of Object.entries(plain.data)) label.recipients.set(address.toLowerCase(), kind);
    else addRow(label, row.parse(said));
  };
  const rows: unknown = found.endsWith(".csv")
    ? parse(text, { columns: true, skip_empty_lines: true, trim: true, bom: true })
    : found.endsWith(".jsonl")
      ? text.split("\n").flatMap((line) => (line.trim() ? [JSON.parse(line)] : []))
      : JSON.parse(text);
  if (Array.isArray(rows)) for (const said of rows) add(row.parse(said).file ?? "", said);
  else for (const [file, said] of Object.entries(rows as object)) add(file, said);
  return labels;
}

function addRow(label: Label, said: z.output<typeof row>): void {
  const kind = said.hardness ?? said.hard ?? null;
  const single = said.recipient === undefined ? [] : [said.recipient].flat();
  for (const one of [...single, ...(said.recipients ?? [])]) {
    const { address, hardness: own } = typeof one === "string" ? { address: one, hardness: undefined } : one;
    if (address !== "") label.recipients.set(address.toLowerCase(), own ?? kind);
  }
}
