import { weekendOf } from "#server/campaigns/domain/working-days.ts";
import { isoDay } from "#server/campaigns/domain/zone-days.ts";
import { publicHolidays } from "#server/campaigns/queries/public-holidays.ts";
import type { Tx } from "#server/core/db.ts";
import { countryOfZone } from "#server/leads/domain/country-of-zone.ts";
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
  /** Who it is for: their country's public holidays and week are kept. Without it the country of the zone decides. */
  leadId?: string | null;
};

/**
 * Good times to put into a mail: free for the host (who is not asked on public holidays or while away), within the prospect's working hours
 * and days, spread over days. Reserves nothing.
 */
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
    ...(await theirDays(tx, input)),
  });
  return picked.map((start) => ({
    startsAt: new Date(start),
    endsAt: new Date(start + calendar.durationMs),
    label: `${sayTime(start, input.zone)}, ${sayZone(input.zone)}`,
  }));
}

async function theirDays(tx: Tx, { leadId, zone }: ProposeTimesInput): Promise<{ daysOff: Set<string>; weekend: readonly number[] }> {
  const lead = leadId
    ? await tx.lead.findFirst({ where: { id: leadId }, select: { country: true, account: { select: { country: true } } } })
    : null;
  const country = (lead?.country ?? lead?.account?.country ?? countryOfZone(zone))?.toUpperCase() ?? null;
  const holidays = publicHolidays(country, tx.now.getTime());
  return { daysOff: new Set([...holidays.keys()].map(isoDay)), weekend: weekendOf(country) };
}
