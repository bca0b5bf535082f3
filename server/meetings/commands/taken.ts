import { inWorkspace, isExclusionViolation } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { nearestSlots } from "../domain/free-slots.ts";
import { sayClock, sayTime } from "../domain/say-time.ts";
import { getHostCalendar, listFreeSlots } from "../queries/host-calendar.ts";
import type { Slot } from "../schema.ts";

const NEAREST = 3;

/** Thrown inside the booking transaction, so that it rolls back; the use case answers with fresh times. */
export class SlotTaken extends AppError {
  constructor() {
    super("CONFLICT", "This time is not free any more.");
  }
}

export type Taken = { outcome: "taken"; nearest: Slot[]; said: string };

export function isTaken(error: unknown): boolean {
  return error instanceof SlotTaken || isExclusionViolation(error);
}

/** The clear answer to a time that went meanwhile: the nearest free ones, in the asker's zone. */
export async function answerTaken(
  workspaceId: WorkspaceId,
  asked: { hostId: string; startsAt: Date; zone: string; exceptMeetingId?: string },
): Promise<Taken> {
  return inWorkspace(workspaceId, async (tx) => {
    const calendar = await getHostCalendar(tx, asked.hostId);
    const range = { from: tx.now, to: new Date(tx.now.getTime() + calendar.horizonMs) };
    const starts = await listFreeSlots(tx, calendar, range, asked.exceptMeetingId);
    const nearest = nearestSlots(starts, asked.startsAt.getTime(), NEAREST);
    return {
      outcome: "taken" as const,
      nearest: nearest.map((start) => ({ startsAt: new Date(start), endsAt: new Date(start + calendar.durationMs) })),
      said: sayTaken(asked.startsAt, nearest, { zone: asked.zone, hostName: calendar.hostName, days: calendar.horizonMs / 86_400_000 }),
    };
  });
}

function sayTaken(
  at: Date,
  nearest: readonly number[],
  { zone, hostName, days }: { zone: string; hostName: string; days: number },
): string {
  const start = `${sayTime(at, zone)} is not free any more.`;
  if (nearest.length === 0) return `${start} No times in the next ${days} days: write to ${hostName}.`;
  const day = sayTime(at, zone).slice(0, -6);
  const times = nearest.map((each) => (sayTime(each, zone).startsWith(day) ? sayClock(each, zone) : sayTime(each, zone)));
  return `${start} Nearest free: ${times.join(", ")}.`;
}
