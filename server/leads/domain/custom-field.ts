export type CustomFieldType = "text" | "number" | "date";

/** The name under which a column's values are kept: "Custom 7 (EUR)" → "custom_7_eur". */
export function customFieldKey(label: string): string {
  return label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
}

/** Numbers as a machine writes them. "1.200" may be twelve hundred or one point two, and "0042" is a code: both stay text. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+Z?)?$/;

/** One type per column: number or date only when every value there is one. */
export function typeOfValues(values: Iterable<string>): CustomFieldType {
  let seen = 0;
  let numbers = 0;
  let dates = 0;
  for (const raw of values) {
    const value = raw.trim();
    if (!value) continue;
    seen += 1;
    if (readNumber(value) !== null) numbers += 1;
    else if (readDate(value) !== null) dates += 1;
    else return "text";
  }
  if (seen === 0) return "text";
  return numbers === seen ? "number" : dates === seen ? "date" : "text";
}

export function readNumber(value: string): number | null {
  return NUMBER.test(value.trim()) ? Number(value.trim()) : null;
}

export function readDate(value: string): string | null {
  const [, year, month, day] = DATE.exec(value.trim()) ?? [];
  if (!year || !month || !day) return null;
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(`${year}-${month}-${day}`) ? null : `${year}-${month}-${day}`;
}
