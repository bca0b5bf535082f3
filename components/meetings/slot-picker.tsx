"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc/client";
import { cx } from "@/components/ui/class-names";
import { BrokenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useClock } from "@/components/ui/time/clock";
import { dayOf, formatDay, formatTime } from "@/components/ui/time/format";

const DAYS_SHOWN = 10;

type Props = { hostId: string; value: Date | null; onChange: (at: Date) => void; exceptMeetingId?: string };

/** The free times of a host by day, in the reader's zone. */
export function SlotPicker({ hostId, value, onChange, exceptMeetingId }: Props) {
  const trpc = useTRPC();
  const { now, zone } = useClock();
  const slots = useQuery(trpc.meetings.hostSlots.queryOptions({ hostId, ...(exceptMeetingId && { exceptMeetingId }) }));
  const days = useMemo(
    () => [...Map.groupBy(slots.data?.items ?? [], (slot) => dayOf(slot.startsAt, zone)).entries()].slice(0, DAYS_SHOWN),
    [slots.data, zone],
  );
  if (slots.error && !slots.data) return <BrokenState error={slots.error} onRetry={slots.refetch} />;
  if (slots.isPending) return <SkeletonRows rows={4} label="Loading free times" />;
  if (days.length === 0)
    return <p className="text-sm text-muted">No free times. Widen the hours of the booking page, or free a meeting.</p>;
  return (
    <div className="grid gap-3" role="radiogroup" aria-label="Free times">
      {days.map(([day, items]) => (
        <div key={day}>
          <h3 className="mb-1 text-xs font-semibold text-muted">{items[0] && formatDay(items[0].startsAt, zone, now)}</h3>
          <div className="flex flex-wrap gap-1">
            {items.map(({ startsAt }) => {
              const isChosen = value?.getTime() === startsAt.getTime();
              return (
                // biome-ignore lint/a11y/useSemanticElements: a grid of times, one of which is chosen
                <button
                  key={startsAt.toISOString()}
                  type="button"
                  role="radio"
                  aria-checked={isChosen}
                  onClick={() => onChange(startsAt)}
                  className={cx(
                    "h-8 rounded-control border px-2 text-sm tabular-nums phone:h-11 phone:px-3",
                    isChosen ? "border-accent bg-accent-soft font-medium text-accent" : "border-line hover:bg-hover",
                  )}
                >
                  {formatTime(startsAt, zone)}
                </button>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}
