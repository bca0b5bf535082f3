import { Temporal } from "temporal-polyfill";
import { allMatches } from "#server/writing/domain/all-matches.ts";
import { WEEKDAY, weekdayOf } from "./calendar-words.ts";
import { findDates } from "./find-date.ts";

const CLOCK = "(?:(?:at|um|gegen|à|a las|alle|às|om|,|@)?\\s*(\\d{1,2})(?:[:.h](\\d{2}))?\\s*(am|pm|a\\.m\\.|p\\.m\\.|uhr|h|heures|uur)?)";
const DAY_AND_CLOCK = new RegExp(`(?<![\\p{L}])(${WEEKDAY})(?![\\p{L}])(?:\\s+${CLOCK}(?![\\p{L}\\p{N}/.-]))?`, "giu");

/** Instants that they asked for ("Tuesday at 3"), in their zone. Without a clock no time is wanted, only a day: nothing is guessed. */
export function wantedTimes(text: string, today: string, zone: string): Date[] {
  const base = Temporal.PlainDate.from(today);
  const found: Date[] = [];
  const dates = findDates(text, today);
  // The 3 of "Tuesday 3 March" is a day, no hour. "Tuesday 10.30" is an hour, though dates are written so too.
  const isDate = (from: number, to: number) => dates.some((date) => date.at >= from && date.at < to && !/^\d{1,2}\.\d{2}$/.test(date.text));
  for (const match of allMatches(text.slice(0, 2_000), DAY_AND_CLOCK)) {
    const [, day = "", hour, minute, half] = match;
    if (hour === undefined || isDate(match.index + day.length, match.index + match[0].length)) continue;
    const ahead = (weekdayOf(day) - base.dayOfWeek + 7) % 7 || 7;
    const at = instant(base.add({ days: ahead }), Number(hour), Number(minute ?? 0), half ?? "", zone);
    if (at) found.push(at);
  }
  for (const date of dates) {
    const end = date.at + date.text.length;
    const clock = new RegExp(`^\\s*${CLOCK}`, "iu").exec(text.slice(end, end + 20));
    if (date.kind !== "day" || !clock?.[1] || date.on < today || isDate(end, end + clock[0].length)) continue;
    const at = instant(Temporal.PlainDate.from(date.on), Number(clock[1]), Number(clock[2] ?? 0), clock[3] ?? "", zone);
    if (at && !found.some((one) => one.getTime() === at.getTime())) found.push(at);
  }
  return found.slice(0, 3);
}

function instant(day: Temporal.PlainDate, hour: number, minute: number, half: string, zone: string): Date | null {
  if (hour > 23 || minute > 59) return null;
  const isPm = /^p/i.test(half);
  // Nobody meets at three in the night: a bare small hour is the afternoon's.
  const isAfternoon = isPm ? hour < 12 : half === "" && hour >= 1 && hour <= 6;
  const wall = day.toPlainDateTime({ hour: isAfternoon ? hour + 12 : hour, minute });
  return new Date(wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds);
}
