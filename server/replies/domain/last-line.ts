const MOST = 160;

/** What the list shows of a mail: its first words that say something, in one line. */
export function lastLine(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  // "Hi Ana," says nothing that the row does not say already.
  const said =
    lines.length > 1 &&
    /^(?:hi|hello|hey|dear|hallo|guten (?:tag|morgen)|sehr geehrte|liebe|bonjour|hola|buen|ciao|gentile|olá|beste|dag)\b[^.?!]{0,40},?$/i.test(
      lines[0] ?? "",
    )
      ? lines.slice(1)
      : lines;
  const joined = said.join(" ").replace(/\s+/g, " ");
  return joined.length <= MOST ? joined : `${joined.slice(0, MOST - 1).trimEnd()}…`;
}
