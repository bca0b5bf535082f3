import type { Tx } from "#server/core/db.ts";
import { startOfTomorrow } from "../domain/next-working-day.ts";
import { sayTime, sayZone } from "../domain/say-time.ts";
import { spreadTimes } from "../domain/spread-times.ts";
import { getHostCalendar, listFreeSlots } from "../queries/host-calendar.ts";
import type { ProposedTime } from "../schema.ts";

const LOOK_AHEAD_MS = 10 * 86_400_000;

export type ProposeTimesInput = {
  hostId: string;
  /** The prospect's zone: the labels name it, and only their working hours are offered. */
  zone: string;
  count?: number;
  /** Instants that they asked for, best first: a free one leads the answer. */
  wanted?: Date[];
  /** Civil dates (2026-03-03) in their zone on which they do not work. */
  daysOff?: ReadonlySet<string>;
};

/** Good times to put into a mail: free for the host, within the prospect's working hours, spread over days. Reserves nothing. */
export async function proposeTimes(tx: Tx, input: ProposeTimesInput): Promise<ProposedTime[]> {
  const calendar = await getHostCalendar(tx, input.hostId);
  const until = Math.min(calendar.horizonMs, calendar.noticeMs + LOOK_AHEAD_MS);
  const latest = Math.max(tx.now.getTime() + until, ...(input.wanted ?? []).map((instant) => instant.getTime() + 1));
  const starts = await listFreeSlots(tx, calendar, { from: tx.now, to: new Date(latest) });
  const picked = spreadTimes({
    starts,
    durationMs: calendar.durationMs,
    zone: input.zone,
    count: input.count ?? 3,
    earliest: startOfTomorrow(tx.now, input.zone),
    ...(input.wanted && { wanted: input.wanted.map((instant) => instant.getTime()) }),
    ...(input.daysOff && { daysOff: input.daysOff }),
  });
  return picked.map((start) => ({
    startsAt: new Date(start),
    endsAt: new Date(start + calendar.durationMs),
    label: `${sayTime(start, input.zone)}, ${sayZone(input.zone)}`,
  }));
}
