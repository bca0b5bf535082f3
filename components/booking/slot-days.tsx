import { formatDay, formatTime } from "@/components/ui/time/format";

type Slot = { startsAt: Date };

/** A week of free times as links: it works without script, and each time can be opened in a new tab. */
export function SlotDays({ slots, zone, now, hrefOf }: { slots: readonly Slot[]; zone: string; now: Date; hrefOf: (at: Date) => string }) {
  const days = [...Map.groupBy(slots, (slot) => formatDay(slot.startsAt, zone, now))];
  return (
    <div className="grid gap-4">
      {days.map(([day, items]) => (
        <section key={day} aria-label={day}>
          <h3 className="mb-2 text-sm font-semibold">{day}</h3>
          <ul className="grid grid-cols-3 gap-2 sm:grid-cols-5">
            {items.map(({ startsAt }) => (
              <li key={startsAt.toISOString()}>
                <a
                  href={hrefOf(startsAt)}
                  className="flex h-11 items-center justify-center rounded-control border border-control text-base tabular-nums hover:border-accent hover:bg-accent-soft hover:text-accent"
                >
                  {formatTime(startsAt, zone)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
