import type { ImportView } from "#server/imports/schema.ts";

const DELIMITERS: Record<string, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };
const ENCODINGS: Record<string, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  shift_jis: "Shift JIS",
  gb18030: "GB 18030",
  big5: "Big5",
  "euc-kr": "EUC-KR",
};

/** "q1-finance.csv, 8,214 rows, semicolons, Windows-1252" */
export function fileSays({ fileName, total, shape }: Pick<ImportView, "fileName" | "total" | "shape">): string {
  const rows = total === null ? [] : [`${total.toLocaleString("en-GB")} ${total === 1 ? "row" : "rows"}`];
  return [fileName, ...rows, DELIMITERS[shape.delimiter] ?? shape.delimiter, ENCODINGS[shape.encoding] ?? shape.encoding].join(", ");
}

export function count(number: number): string {
  return number.toLocaleString("en-GB");
}
