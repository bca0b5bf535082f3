import { addWorkingDays, weekendOf } from "../domain/working-days.ts";
import { dayAt, instantOf, isKnownZone } from "../domain/zone-days.ts";
import { readRules } from "./load-due-people.ts";
import { publicHolidays } from "./public-holidays.ts";

/** From the second working day before, a plan is exact: only then is it worth a look. */
const EXACT_WORKING_DAYS = 2;

export type Waiting = { rules: unknown; country: string | null; zone: string | null; mailboxZone: string | null };

/** The start of the day on which the wait ends, on the recipient's calendar, and when the exact plan can be made. */
export function waitOf(place: Waiting, sentAt: number, workingDays: number): { notBefore: number; lookAt: number } {
  if (workingDays === 0) return { notBefore: sentAt, lookAt: sentAt };
  const zone = [place.zone, place.mailboxZone].find((candidate) => candidate !== null && isKnownZone(candidate)) ?? "UTC";
  const rules = readRules(place.rules);
  const calendar = {
    weekend: weekendOf(place.country),
    holidays: rules.skipHolidays ? publicHolidays(place.country, sentAt) : new Map<number, string>(),
  };
  const today = dayAt(zone, sentAt);
  const lookDay = addWorkingDays(today, Math.max(0, workingDays - EXACT_WORKING_DAYS), calendar);
  return { notBefore: instantOf(zone, addWorkingDays(today, workingDays, calendar), 0), lookAt: instantOf(zone, lookDay, 0) };
}
