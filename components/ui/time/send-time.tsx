"use client";
import { cx } from "../class-names";
import { useClock } from "./clock";
import { formatDay, formatInstant, formatShort, formatShortDay, placeOf } from "./format";

type SendTimeProps = {
  at: Date | string | null;
  /** The recipient's zone: "Europe/Lisbon". */
  zone: string;
  /** "Lisbon"; made from the zone when left out. */
  place?: string | undefined;
  /** What holds it: "outside working hours now". */
  heldBy?: string | null | undefined;
  /** Within the next two working days the time is booked; beyond, it says "not before". */
  isBooked?: boolean;
  /** In tables: `Tue 09:12`, the rest on focus. */
  compact?: boolean;
  className?: string;
};

/** Always `Tue 3 Mar 09:12, Lisbon` and what holds it; of what is not booked yet only the day. Never "soon" or "scheduled". */
export function SendTime({ at, zone, place, heldBy, isBooked = true, compact, className }: SendTimeProps) {
  const { now } = useClock();
  const where = place ?? placeOf(zone);
  if (!at) return <span className={cx("text-sm text-muted", className)}>{heldBy ? `Held: ${heldBy}` : "–"}</span>;
  const instant = new Date(at);
  const full = isBooked ? `${formatInstant(instant, zone, now)}, ${where}` : `not before ${formatDay(instant, zone, now)}, ${where}`;
  if (compact) {
    return (
      <time
        dateTime={instant.toISOString()}
        title={heldBy ? `${full} · ${heldBy}` : full}
        className={cx("text-sm whitespace-nowrap", className)}
      >
        {!isBooked && <span className="text-muted">from </span>}
        {isBooked ? formatShort(instant, zone, now) : formatShortDay(instant, zone, now)}
      </time>
    );
  }
  return (
    <span className={cx("text-sm", className)}>
      <time dateTime={instant.toISOString()}>{full}</time>
      {heldBy && <span className="text-muted">: {heldBy}</span>}
    </span>
  );
}
