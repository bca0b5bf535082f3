import { Temporal } from "temporal-polyfill";
import { seededInt } from "./seeded.ts";

const DAY_BEGINS = 8;
const DAY_ENDS = 18;

/**
 * When a person who wants to answer `afterMinutes` after `fromMs` really does: people write between eight and six on
 * working days of their own zone. Machines answer at once.
 */
export function humanArrival(fromMs: number, afterMinutes: number, zone: string, dice: string): number {
  let at = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone).add({ minutes: afterMinutes });
  if (at.hour >= DAY_ENDS) at = at.add({ days: 1 }).with({ hour: DAY_BEGINS, minute: seededInt(5, 59, dice), second: 0, millisecond: 0 });
  else if (at.hour < DAY_BEGINS) at = at.with({ hour: DAY_BEGINS, minute: seededInt(5, 59, dice), second: 0, millisecond: 0 });
  while (at.dayOfWeek > 5) at = at.add({ days: 1 });
  return at.epochMilliseconds;
}
