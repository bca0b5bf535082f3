"use client";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant, formatShort, formatTimeThere, placeOf } from "@/components/ui/time/format";

/** Yours, and theirs when their clock says something else: "Tue 10:30 · 11:30 Berlin". */
export function BothTimes({ at, theirZone, compact }: { at: Date; theirZone: string; compact?: boolean }) {
  const { now, zone } = useClock();
  const mine = compact ? formatShort(at, zone, now) : formatInstant(at, zone, now);
  const isSame = formatInstant(at, zone) === formatInstant(at, theirZone);
  return (
    <time dateTime={at.toISOString()} title={`${formatInstant(at, zone, now)}, ${placeOf(zone)}`}>
      {mine}
      {!isSame && (
        <span className="text-muted">
          {" · "}
          {formatTimeThere(at, theirZone, zone)} {placeOf(theirZone)}
        </span>
      )}
    </time>
  );
}
