/** Text of an instant in a named zone. Pure: the same on the server and in the browser. */
const cache = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  cache.set(key, made);
  return made;
}

function parts(at: Date, zone: string): Record<string, string> {
  const made = format(zone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(made.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** "Tue 3 Mar 09:12"; with the year when it is not the year of `now`. */
export function formatInstant(at: Date, zone: string, now?: Date): string {
  const piece = parts(at, zone);
  const year = now && parts(now, zone).year !== piece.year ? ` ${piece.year}` : "";
  return `${piece.weekday} ${piece.day} ${shortMonth(piece.month)}${year} ${piece.hour}:${piece.minute}`;
}

/** "Tue 09:12" within six days of now, else "3 Mar 09:12": for tables. */
export function formatShort(at: Date, zone: string, now: Date): string {
  const piece = parts(at, zone);
  const isNear = Math.abs(at.getTime() - now.getTime()) < 6 * DAY;
  if (dayOf(at, zone) === dayOf(now, zone)) return `${piece.hour}:${piece.minute}`;
  return isNear
    ? `${piece.weekday} ${piece.hour}:${piece.minute}`
    : `${piece.day} ${shortMonth(piece.month)} ${piece.hour}:${piece.minute}`;
}

/** "today", "Tue" within six days of now, else "3 Mar": for tables, of a day without an hour. */
export function formatShortDay(at: Date, zone: string, now: Date): string {
  const piece = parts(at, zone);
  if (dayOf(at, zone) === dayOf(now, zone)) return "today";
  return Math.abs(at.getTime() - now.getTime()) < 6 * DAY ? (piece.weekday ?? "") : `${piece.day} ${shortMonth(piece.month)}`;
}

/** "Tue 3 Mar" */
export function formatDay(at: Date, zone: string, now?: Date): string {
  const piece = parts(at, zone);
  const year = now && parts(now, zone).year !== piece.year ? ` ${piece.year}` : "";
  return `${piece.weekday} ${piece.day} ${shortMonth(piece.month)}${year}`;
}

/** "Tue 3 Mar" of "2026-03-03": a day of the calendar is that day wherever it is read, so no zone may move it. */
export function formatCivil(day: string, now?: Date): string {
  return formatDay(new Date(`${day}T12:00:00Z`), "UTC", now);
}

/** Whether a day of the calendar is over for somebody in this zone. */
export function isOver(day: string, zone: string, now: Date): boolean {
  return day < dayOf(now, zone);
}

/** "09:12" */
export function formatTime(at: Date, zone: string): string {
  const piece = parts(at, zone);
  return `${piece.hour}:${piece.minute}`;
}

/** "09:12" of another clock, beside the time of one's own; "Wed 09:12" where it is another day there. */
export function formatTimeThere(at: Date, there: string, here: string): string {
  const time = formatTime(at, there);
  return dayOf(at, there) === dayOf(at, here) ? time : `${parts(at, there).weekday} ${time}`;
}

/** "2026-03-03" of an instant in a zone. */
export function dayOf(at: Date, zone: string): string {
  const { year, month, day } = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "just now", "12 min ago", "1 h ago", "3 d ago", "in 2 h"; after thirty days the date. */
export function formatRelative(at: Date, now: Date, zone: string): string {
  const gap = now.getTime() - at.getTime();
  const size = Math.abs(gap);
  if (size < MINUTE) return "just now";
  if (size >= 30 * DAY) return formatDay(at, zone, now);
  const text =
    size < HOUR ? `${Math.floor(size / MINUTE)} min` : size < DAY ? `${Math.floor(size / HOUR)} h` : `${Math.floor(size / DAY)} d`;
  return gap > 0 ? `${text} ago` : `in ${text}`;
}

/** "12 d": the age of a fact. */
export function formatAge(at: Date, now: Date): string {
  const days = Math.floor((now.getTime() - at.getTime()) / DAY);
  return days < 1 ? "today" : days < 90 ? `${days} d` : days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

/** "Lisbon" of "Europe/Lisbon". */
export function placeOf(zone: string): string {
  return zone === "UTC" ? "UTC" : (zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone);
}

/** Browsers disagree about September ("Sept"), screens do not. */
function shortMonth(month: string | undefined): string {
  return (month ?? "").slice(0, 3);
}
