import type { HeaderLines } from "mailparser";

const MAX_HEADER = 8_000;
const MAX_HEADERS = 300;

/** Names in lower case; encoded words decoded; the first lines win, because relays write theirs on top. */
export function headersFromLines(lines: HeaderLines): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (const { key, line } of lines.slice(0, MAX_HEADERS)) {
    const value = decodeWords(
      line
        .slice(line.indexOf(":") + 1, MAX_HEADER)
        .replace(/\r?\n[ \t]+/g, " ")
        .trim(),
    );
    const known = headers.get(key);
    if (known) known.push(value);
    else headers.set(key, [value]);
  }
  return headers;
}

export function unfoldHeader(head: string): string[] {
  return head.replace(/\n[ \t]+/g, " ").split("\n");
}

const ENCODED_WORD = /=\?([\w.-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?]{0,2000})\?=(?:\s+(?==\?))?/gi;

function decodeWords(value: string): string {
  return value.replace(ENCODED_WORD, (whole, charset: string, encoding: string, text: string) => {
    try {
      const bytes =
        encoding.toLowerCase() === "b"
          ? Buffer.from(text, "base64")
          : Buffer.from(
              text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
              "latin1",
            );
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return whole;
    }
  });
}
