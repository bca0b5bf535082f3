import { Temporal } from "temporal-polyfill";
import { OFFICE_HOURS } from "../constants.ts";
import type { WeeklyHours } from "../schema.ts";
import { workingSpans } from "./working-spans.ts";

const TWO_WEEKS_MS = 14 * 86_400_000;

type WorkingWeek = { zone: string; hours: WeeklyHours; daysOff?: ReadonlySet<number> };

/** When this person starts to work on their next working day, never today. */
export function nextWorkingDay(now: Date, { zone, hours, daysOff }: WorkingWeek): Date {
  const start = startOfTomorrow(now, zone);
  const range = { start, end: start + TWO_WEEKS_MS };
  const first = workingSpans(hours, zone, range, daysOff)[0] ?? workingSpans(OFFICE_HOURS, zone, range, daysOff)[0];
  return new Date(first?.start ?? range.start);
}

export function startOfTomorrow(now: Date, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).add({ days: 1 }).startOfDay().epochMilliseconds;
}
