import { Temporal } from "temporal-polyfill";
import { AppError } from "#server/core/errors.ts";

/** Civil days in one zone, as instants. The previous range is as long and ends where this one begins. */
export type ReportRange = { from: Date; to: Date; before: Date; firstOn: string; lastOn: string; previousOn: string; nextOn: string };

const LONGEST_DAYS = 366;

/** From Monday to Monday of the week of `from`, or of today; with `to`, exactly the days given. */
export function reportRange(asked: { from?: string | undefined; to?: string | undefined }, now: Date, zone: string): ReportRange {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const given = asked.from ? Temporal.PlainDate.from(asked.from) : today;
  const first = asked.from && asked.to ? given : given.subtract({ days: given.dayOfWeek - 1 });
  const next = asked.from && asked.to ? Temporal.PlainDate.from(asked.to) : first.add({ days: 7 });
  const days = first.until(next, { largestUnit: "days" }).days;
  if (days < 1) throw new AppError("INVALID_INPUT", "The end must be after the start.");
  if (days > LONGEST_DAYS) throw new AppError("INVALID_INPUT", "Ask for at most a year at once.");
  const previous = first.subtract({ days });
  return {
    from: startOf(first, zone),
    to: startOf(next, zone),
    before: startOf(previous, zone),
    firstOn: first.toString(),
    lastOn: next.subtract({ days: 1 }).toString(),
    previousOn: previous.toString(),
    nextOn: next.toString(),
  };
}

/** For the funnel: an open end where none is given. */
export function openRange(
  asked: { from?: string | undefined; to?: string | undefined },
  zone: string,
): { from: Date | null; to: Date | null } {
  const from = asked.from ? startOf(Temporal.PlainDate.from(asked.from), zone) : null;
  const to = asked.to ? startOf(Temporal.PlainDate.from(asked.to), zone) : null;
  if (from && to && from >= to) throw new AppError("INVALID_INPUT", "The end must be after the start.");
  return { from, to };
}

function startOf(day: Temporal.PlainDate, zone: string): Date {
  return new Date(day.toZonedDateTime({ timeZone: zone }).epochMilliseconds);
}
