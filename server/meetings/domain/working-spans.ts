import { Temporal } from "temporal-polyfill";
import { weekdays } from "../constants.ts";
import type { WeeklyHours } from "../schema.ts";

/** Half-open, in epoch milliseconds. */
export type Span = { start: number; end: number };

const MINUTE = 60_000;
const DAY = 86_400_000;

type OffsetSegment = Span & { offset: number };

type DaySpan = Span & { day: number };

/**
 * When a person works, as instants, never across a civil midnight (so that the grid of a day is its own). A span of working hours is the set of instants whose civil time lies in it: an hour that
 * daylight saving skips is not worked, an hour that it repeats is worked twice. Time zones are asked once per change of offset;
 * everything inside is arithmetic on integers. `daysOff`: civil days since 1970 in that zone on which they do not work at all.
 */
export function workingSpans(hours: WeeklyHours, zone: string, range: Span, daysOff?: ReadonlySet<number>): Span[] {
  const perWeekday = weekdays.map((day) =>
    (hours[day] ?? []).map(([from, to]) => ({ from: minutes(from) * MINUTE, to: minutes(to) * MINUTE })),
  );
  const found: DaySpan[] = [];
  for (const segment of offsetSegments(zone, range)) {
    // Civil time written as if it were UTC: within one segment, civil = instant + offset.
    const firstDay = Math.floor((segment.start + segment.offset) / DAY);
    const lastDay = Math.floor((segment.end - 1 + segment.offset) / DAY);
    for (let day = firstDay; day <= lastDay; day++) {
      if (daysOff?.has(day)) continue;
      // 1970-01-01 was a Thursday, the fourth of a week that begins on Monday.
      for (const { from, to } of perWeekday[mod(day + 3, 7)] ?? []) {
        const start = Math.max(segment.start, day * DAY + from - segment.offset);
        const end = Math.min(segment.end, day * DAY + to - segment.offset);
        if (start < end) found.push({ start, end, day });
      }
    }
  }
  const result: DaySpan[] = [];
  for (const span of found.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && last.day === span.day && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

/** Sorted, with spans that touch or overlap made one. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

export function offsetSegments(zone: string, range: Span): OffsetSegment[] {
  const segments: OffsetSegment[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(range.start).toZonedDateTimeISO(zone);
  let start = range.start;
  while (start < range.end) {
    const next = at.getTimeZoneTransition("next");
    const end = Math.min(range.end, next?.epochMilliseconds ?? range.end);
    segments.push({ start, end, offset: at.offsetNanoseconds / 1_000_000 });
    if (!next || end === range.end) break;
    at = next;
    start = end;
  }
  return segments;
}

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
