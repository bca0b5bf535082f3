// How a file becomes rows: bytes → encoding (BOM, zero bytes, valid UTF-8, else the likeliest single-byte table) → delimiter (the one that
// cuts the first lines into the same number of cells, quotes respected) → headings (a first row without values in it).
import { analyse } from "chardet";
import iconv from "iconv-lite";
import type { encodings, FileShape } from "../schema.ts";
import { namesPerson } from "./guess-mapping.ts";

type Encoding = (typeof encodings)[number];
const DELIMITERS = [",", ";", "\t", "|"] as const;
const SAMPLE_ROWS = 50;
/** A first line that only tells spreadsheets where to cut the others. */
const SEPARATOR = /^"?sep=([^\r\n])"?[ \t,;|]*(?:\r\n|\r|\n)/i;

export function isSeparatorLine(cells: readonly string[]): boolean {
  return /^"?sep=.?"?$/i.test(cells[0]?.trim() ?? "") && cells.slice(1).every((cell) => cell.trim() === "");
}

/**
 * What the first bytes of a file say about its form. `isWhole`: the bytes are the whole file. `telling`: where the head is all plain letters,
 * which look the same in every table, the first bytes behind it that are not.
 */
export function sniffFile(head: Uint8Array, isWhole: boolean, telling: Uint8Array | null = null): Omit<FileShape, "bytes"> {
  const ofHead = sniffEncoding(head);
  const { encoding, hasBom } = telling && ofHead.encoding === "utf-8" ? sniffEncoding(telling) : ofHead;
  const decoded = iconv.decode(Buffer.from(head), encoding, { stripBOM: true });
  const text = decoded.replace(SEPARATOR, "");
  const said = DELIMITERS.find((delimiter) => delimiter === SEPARATOR.exec(decoded)?.[1]);
  const delimiter = said ?? sniffDelimiter(text);
  const rows = readSample(text, delimiter, isWhole);
  const first = rows[0] ?? [];
  const hasHeadings = looksLikeHeadings(first);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const headings = hasHeadings ? nameHeadings(first, width) : Array.from({ length: width }, (_, index) => `Column ${index + 1}`);
  return {
    encoding,
    hasBom,
    delimiter,
    hasHeadings,
    headings,
    sample: (hasHeadings ? rows.slice(1) : rows).slice(0, 20),
    headingsKey: headingsKey(headings),
  };
}

/** The same set of headings in the same order, whatever their spelling in capitals and spaces. */
export function headingsKey(headings: readonly string[]): string {
  return headings.map((heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")).join("\u001f");
}

export function sniffEncoding(head: Uint8Array): { encoding: Encoding; hasBom: boolean } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", hasBom: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", hasBom: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", hasBom: true };
  const probe = head.subarray(0, 4_096);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < probe.length; index++) {
    if (probe[index] !== 0) continue;
    if (index % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  }
  if (oddZeros > probe.length / 5) return { encoding: "utf-16le", hasBom: false };
  if (evenZeros > probe.length / 5) return { encoding: "utf-16be", hasBom: false };
  if (isUtf8(head)) return { encoding: "utf-8", hasBom: false };
  return { encoding: legacyEncoding(head), hasBom: false };
}

function isUtf8(head: Uint8Array): boolean {
  // The head may end inside a character: up to three bytes are given back.
  for (let cut = 0; cut <= 3; cut++) {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(head.subarray(0, head.length - cut));
      return true;
    } catch {
      if (head.length <= cut) return false;
    }
  }
  return false;
}

const LEGACY: Record<string, Encoding> = {
  "windows-1250": "windows-1250",
  "ISO-8859-2": "windows-1250",
  "windows-1251": "windows-1251",
  "KOI8-R": "windows-1251",
  Shift_JIS: "shift_jis",
  GB18030: "gb18030",
  Big5: "big5",
  "EUC-KR": "euc-kr",
};

function legacyEncoding(head: Uint8Array): Encoding {
  // Office programs of the West write Windows-1252; another table needs clear evidence.
  const [best] = analyse(Buffer.from(head.subarray(0, 65_536)));
  return (best && best.confidence >= 60 && LEGACY[best.name]) || "windows-1252";
}

export function sniffDelimiter(text: string): string {
  const scored = DELIMITERS.map((delimiter) => {
    const widths = readSample(text, delimiter, true)
      .slice(0, SAMPLE_ROWS)
      .map((row) => row.length);
    const common = mode(widths);
    const agreement = widths.filter((width) => width === common).length / Math.max(1, widths.length);
    return { delimiter, score: common > 1 ? agreement * Math.log2(common + 1) : 0 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.delimiter : ",";
}

function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** The first rows of a text. Only for looking at a file: the rows that are written come from the streaming parser. */
export function readSample(text: string, delimiter: string, isWhole: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let index = 0; index < text.length && rows.length <= SAMPLE_ROWS; index++) {
    const char = text.charAt(index);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell === "") isQuoted = true;
    else if (char === delimiter) {
      row.push(cell);
      cell = "";
    } else if (char === "\n" || char === "\r") {
      if (char === "\r" && text.charAt(index + 1) === "\n") index += 1;
      row.push(cell);
      cell = "";
      if (row.some((value) => value !== "")) rows.push(row);
      row = [];
    } else cell += char;
  }
  if (isWhole && (cell !== "" || row.length > 0) && rows.length <= SAMPLE_ROWS) rows.push([...row, cell]);
  return rows;
}

function looksLikeHeadings(first: readonly string[]): boolean {
  const filled = first.filter((cell) => cell.trim() !== "");
  if (filled.length === 0) return false;
  // A column may be called "2024". Beside "Email" or "Name" it is: in a row of values an address would stand there.
  const isNamed = filled.some(namesPerson);
  const value = isNamed ? /@|^https?:\/\// : /@|^https?:\/\/|^\+?\d[\d\s().-]{5,}$|^\d+([.,]\d+)?$/;
  return !filled.some((cell) => value.test(cell.trim()));
}

function nameHeadings(first: readonly string[], width: number): string[] {
  const used = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const name = (first[index] ?? "").replaceAll("\u0000", "").replace(/\s+/g, " ").trim() || `Column ${index + 1}`;
    const times = (used.get(name.toLowerCase()) ?? 0) + 1;
    used.set(name.toLowerCase(), times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
