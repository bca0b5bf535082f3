import { Temporal } from "temporal-polyfill";

/** Midnight at the end of today, in the reader's zone. */
export function endOfDay(now: Date, zone: string): Date {
  const tomorrow = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).add({ days: 1 }).startOfDay();
  return new Date(tomorrow.epochMilliseconds);
}
