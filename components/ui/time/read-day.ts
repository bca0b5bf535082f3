/** The order in which a person writes a day with figures: from their own language, not from ours. */
export type DayOrder = "dmy" | "mdy" | "ymd";

export function dayOrderOf(locale: string | undefined): DayOrder {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(2026, 2, 4)).map((part) => part.type);
  const [day, month, year] = [parts.indexOf("day"), parts.indexOf("month"), parts.indexOf("year")];
  return year < month && year < day ? "ymd" : month < day ? "mdy" : "dmy";
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** "3 Apr 2026", "Apr 3", "2026-04-03", "3.4.26", "03/04/2026" in the writer's order → "2026-04-03". Null when it is no day. */
export function readDay(text: string, order: DayOrder, thisYear: number): string | null {
  const pieces =
    text
      .trim()
      .toLowerCase()
      .match(/\d+|\p{L}+/gu) ?? [];
  const words = pieces.filter((piece) => /\p{L}/u.test(piece) && MONTHS.some((month) => piece.startsWith(month)));
  const figures = pieces.filter((piece) => /\d/.test(piece)).map(Number);
  if (words.length > 1 || figures.length === 0 || figures.length > 3) return null;
  if (words[0] !== undefined) {
    const month = MONTHS.findIndex((name) => words[0]?.startsWith(name)) + 1;
    const [first = 0, second = thisYear] = figures;
    return first > 31 ? iso(first, month, second) : iso(second, month, first);
  }
  const [a = 0, b = 0, c = thisYear] = figures;
  if (figures.length < 2) return null;
  if (a > 31) return iso(a, b, c);
  return order === "mdy" ? iso(c, a, b) : order === "ymd" && figures.length === 3 ? iso(a, b, c) : iso(c, b, a);
}

function iso(year: number, month: number, day: number): string | null {
  const full = year < 100 ? 2000 + year : year;
  const at = new Date(Date.UTC(full, month - 1, day));
  const isReal = at.getUTCFullYear() === full && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal && full > 1900 && full < 2200 ? at.toISOString().slice(0, 10) : null;
}

/** "3 Apr 2026" of "2026-04-03": no order to mistake. */
export function dayInWords(day: string): string {
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? "";
  return `${Number(day.slice(8, 10))} ${month.charAt(0).toUpperCase()}${month.slice(1)} ${day.slice(0, 4)}`;
}
