import { csvLine } from "#server/imports/domain/write-csv.ts";

/** Rows as RFC 4180. What a spreadsheet would run as a formula is made text. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map(csvLine).join("");
}
