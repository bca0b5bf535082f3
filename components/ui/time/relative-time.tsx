"use client";
import { useClock } from "./clock";
import { formatCivil, formatDay, formatInstant, formatRelative, placeOf } from "./format";

/** "12 min ago", with the exact instant and zone on focus or hover. */
export function RelativeTime({ at }: { at: Date | string }) {
  const { now, zone } = useClock();
  const instant = new Date(at);
  return (
    <time dateTime={instant.toISOString()} title={`${formatInstant(instant, zone, now)}, ${placeOf(zone)}`}>
      {formatRelative(instant, now, zone)}
    </time>
  );
}

/** "Tue 3 Mar" of "2026-03-03". */
export function Day({ on }: { on: string }) {
  const { now } = useClock();
  return <time dateTime={on}>{formatCivil(on, now)}</time>;
}

/** "Tue 3 Mar 09:12", in the reader's zone unless another is named; then the place is written out. */
export function Instant({ at, zone, dayOnly }: { at: Date | string; zone?: string; dayOnly?: boolean }) {
  const clock = useClock();
  const instant = new Date(at);
  const inZone = zone ?? clock.zone;
  const text = dayOnly ? formatDay(instant, inZone, clock.now) : formatInstant(instant, inZone, clock.now);
  const place = inZone === clock.zone ? "" : `, ${placeOf(inZone)}`;
  return (
    <time dateTime={instant.toISOString()} title={`${text}, ${placeOf(inZone)}`}>
      {text}
      {place}
    </time>
  );
}
