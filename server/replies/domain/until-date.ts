import { Temporal } from "temporal-polyfill";
import { type FoundDate, findDates } from "./find-date.ts";

export type Until = { on: string; at: number; text: string };
/** Told by the caller, who knows the person's country: a day on which mail may be read at work. */
export type IsWorkingDay = (on: string) => boolean;

const STILL_AWAY =
  /(?<!\p{L})(?:until|till|til|through|thru|to|up to|bis|einschlie(?:ß|ss)lich|inklusive|jusqu'(?:au|à|en)?|au|hasta|al|fino a[l]?|até|ao?|tot(?: en met)?|t\/m|including|inclusive|-|–|—)\s*(?:and including|einschlie(?:ß|ss)lich|inklusive|zum|and|the|le|el|il|o|de|den|dem|dia|día|am|on|inclu(?:s|sive|ded)|\p{L}{2,10},?)?\s*(?:the|le|el|den)?\s*$/iu;
const BACK_ON =
  /(?<!\p{L})(?:back|return(?:ing)?|available(?: again)?|reachable|in the office|wieder(?:\s+\p{L}+){0,3}|zurück|erreichbar|ab(?: dem)?|from|de retour|retour|reviens|rentre|à partir du|regres\w+|vuelv\w+|vuelta|a partir del?|rientr\w+|torn\w+|dal|de volta|retorn\w+|volt\w+|a partir de|terug|vanaf|weer)\b[^.\n!?]{0,40}$/iu;

const END_OF = /^(?:end|late|ende|fin|fine|fim|final|finales|eind|einde|jahresende|year[- ]end)(?!\p{L})/iu;
const OF_YEAR = /(?:year|jahr|année|año|anno|ano|jaar)/iu;

/** `on` is the first working day on which they can be written to, `lastDay` the last day they are away. */
export type Away = Until & { lastDay: string };

/**
 * From when on a person who is away can be written to: the first working day after the last day of absence, or the day they
 * say they are back. With several dates the latest one counts ("from 2 to 9 March").
 */
export function awayUntil(text: string, today: string, isWorkingDay: IsWorkingDay): Away | null {
  const dates = findDates(text, today).filter((date) => date.on >= today && days(today, date.on) <= 370);
  let best: Away | null = null;
  for (const date of dates) {
    const before = text.slice(Math.max(0, date.at - 60), date.at);
    const includes = STILL_AWAY.test(before) || /^(?:until|till?|bis|jusqu|hasta|fino|até|tot)/i.test(date.text);
    const isReturn = date.kind === "period" || (!includes && BACK_ON.test(before));
    const lastDay = (includes && endOfPeriod(date)) || (isReturn ? dayAfter(date.on, -1) : date.on);
    const on = firstWorkingDay(dayAfter(lastDay, 1), isWorkingDay);
    if (best === null || on > best.on || (on === best.on && lastDay > best.lastDay)) best = { on, lastDay, at: date.at, text: date.text };
  }
  return best;
}

/** "until the end of March": they are away for all of it, where "at the end of March" is from the 25th on. */
function endOfPeriod({ kind, on, text }: FoundDate): string | null {
  if (kind !== "period" || !END_OF.test(text)) return null;
  // The end of a year is read as the first of December, and in December as a week into the new one.
  const day = Temporal.PlainDate.from(on);
  if (OF_YEAR.test(text)) return Temporal.PlainDate.from({ year: day.subtract({ days: 7 }).year, month: 12, day: 31 }).toString();
  return day.with({ day: day.daysInMonth }).toString();
}

/** When somebody who said "not now" asks to be written to again: the first working day of what they named. */
export function laterOn(text: string, today: string, isWorkingDay: IsWorkingDay): Until | null {
  const date = findDates(text, today).find((one: FoundDate) => one.on > today && days(today, one.on) <= 740);
  return date ? { on: firstWorkingDay(date.on, isWorkingDay), at: date.at, text: date.text } : null;
}

export function firstWorkingDay(on: string, isWorkingDay: IsWorkingDay): string {
  let day = Temporal.PlainDate.from(on);
  for (let step = 0; step < 30 && !isWorkingDay(day.toString()); step++) day = day.add({ days: 1 });
  return day.toString();
}

export function dayAfter(on: string, count: number): string {
  return Temporal.PlainDate.from(on).add({ days: count }).toString();
}

function days(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days;
}
