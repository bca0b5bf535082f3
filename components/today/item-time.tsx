"use client";
import type { TodayItem } from "#server/today/schema.ts";
import { BothTimes } from "@/components/meetings/both-times";
import { useClock } from "@/components/ui/time/clock";
import { formatShort } from "@/components/ui/time/format";
import { RelativeTime } from "@/components/ui/time/relative-time";

const DAY = 86_400_000;

/** What the time of a row means depends on the row. */
export function ItemTime({ item }: { item: TodayItem }) {
  const { now, zone } = useClock();
  if (!item.at) return null;
  if (item.kind === "meeting" || item.kind === "outcome") return <BothTimes at={item.at} theirZone={item.zone ?? zone} compact />;
  if (item.kind === "drafts") {
    return item.at > now ? (
      <>approve by {formatShort(item.at, zone, now)} or they leave a day later</>
    ) : (
      <>each moves until it is approved</>
    );
  }
  if (item.kind === "task") {
    const late = Math.floor((now.getTime() - item.at.getTime()) / DAY);
    return late >= 1 ? (
      <span className="text-attention">late {late === 1 ? "1 day" : `${late} days`}</span>
    ) : (
      <>due {formatShort(item.at, zone, now)}</>
    );
  }
  return <RelativeTime at={item.at} />;
}
