import { dayOf } from "@/components/ui/time/format";

type Slot = { startsAt: Date };
const DAYS = 7;

/** Free times cut into pages of a week, counted from the first free day, so that the first page is never empty. */
export function weekOfSlots<T extends Slot>(slots: readonly T[], zone: string, page: number): { shown: T[]; page: number; pages: number } {
  const first = slots[0];
  if (!first) return { shown: [], page: 0, pages: 0 };
  const start = dayNumber(first.startsAt, zone);
  const weekOf = (slot: Slot) => Math.floor((dayNumber(slot.startsAt, zone) - start) / DAYS);
  const pages = Math.max(...slots.map(weekOf)) + 1;
  const here = Math.min(Math.max(0, Number.isFinite(page) ? Math.trunc(page) : 0), pages - 1);
  return { shown: slots.filter((slot) => weekOf(slot) === here), page: here, pages };
}

function dayNumber(at: Date, zone: string): number {
  return Date.parse(`${dayOf(at, zone)}T00:00:00Z`) / 86_400_000;
}

/** The free times nearest to one that is gone, in order. */
export function nearestTo<T extends Slot>(slots: readonly T[], wanted: Date, count = 3): T[] {
  const distance = (slot: Slot) => Math.abs(slot.startsAt.getTime() - wanted.getTime());
  return [...slots]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}
