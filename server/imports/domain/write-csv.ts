/**
 * Spreadsheets run a cell that begins so as a formula. An apostrophe before it stops that, and our own import takes it off again. Where the
 * list separator is a semicolon, a file with commas falls apart at each one and at each line break, quoted or not: those begin a cell too.
 */
const FORMULA = /^(?=[=+\-@\t\r])|(?=[=+\-@])(?<=[;\r\n]"*)/g;
const GUARD = /^'(?=[=+\-@\t\r])|'(?=[=+\-@])(?<=[;\r\n]"*')/g;

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What stood in a cell before it was made safe for a spreadsheet. */
export function withoutGuard(cell: string): string {
  return cell.replace(GUARD, "");
}
