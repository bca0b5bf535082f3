import type { Tx } from "#server/core/db.ts";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { createTask, dropTasks } from "#server/tasks/commands.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { OUTCOME_ASKED_AFTER_MS } from "../constants.ts";
import { nextWorkingDay } from "../domain/next-working-day.ts";
import { getHostCalendar, listFreeSlots } from "../queries/host-calendar.ts";
import { lockHost, lockMeeting, occupy, release } from "./hold-host.ts";
import { mailInvitation } from "./mail-invitation.ts";
import { answerTaken, isTaken, SlotTaken, type Taken } from "./taken.ts";

export type MeetingChange = {
  meetingId: string;
  /** Null when they do it through their link. */
  actorId: string | null;
  /** In words, after their name: "declined the invitation". */
  how?: string;
};

/** Their calendar proposed another time: one question per version of the meeting. */
export function proposedTimeTask(meeting: { id: string; sequence: number }): string {
  return `meeting:${meeting.id}:proposed:${meeting.sequence}`;
}

export async function rescheduleMeeting(
  workspaceId: WorkspaceId,
  input: MeetingChange & { startsAt: Date },
): Promise<{ outcome: "moved" } | Taken> {
  let asked: { hostId: string; zone: string } | undefined;
  try {
    await inWorkspace(workspaceId, async (tx) => {
      await lockMeeting(tx, input.meetingId);
      const meeting = await requireUpcoming(tx, input.meetingId, "moved");
      // A colleague may still agree on a new time for one that did not happen; who holds the link may not undo one that did.
      if (!input.actorId && meeting.endsAt <= tx.now) throw new AppError("INVALID_STATE", "This meeting is over. Book a new one.");
      asked = { hostId: meeting.hostId, zone: input.actorId ? meeting.hostZone : meeting.attendeeZone };
      if (meeting.startsAt.getTime() === input.startsAt.getTime()) return;
      if (input.startsAt <= tx.now) throw new AppError("INVALID_INPUT", "This time has passed. Pick a later one.");
      const calendar = await getHostCalendar(tx, meeting.hostId);
      await lockHost(tx, meeting.hostId);
      // A colleague may agree on any time that does not overlap; a visitor takes one that the page offers.
      if (!input.actorId) {
        const range = { from: input.startsAt, to: new Date(input.startsAt.getTime() + 1) };
        const [start] = await listFreeSlots(tx, calendar, range, meeting.id);
        if (start !== input.startsAt.getTime()) throw new SlotTaken();
      }
      const endsAt = new Date(input.startsAt.getTime() + (meeting.endsAt.getTime() - meeting.startsAt.getTime()));
      const { count } = await tx.meeting.updateMany({
        where: { id: meeting.id, sequence: meeting.sequence },
        data: {
          startsAt: input.startsAt,
          endsAt,
          movedFromAt: meeting.startsAt,
          sequence: { increment: 1 },
          // The new time has no answer yet.
          attendeeAnswer: null,
          attendeeAnsweredAt: null,
          proposedAt: null,
        },
      });
      if (count === 0) throw new AppError("CONFLICT", "Somebody changed this meeting meanwhile. Reload to see it.");
      await release(tx, meeting.id);
      await occupy(tx, { hostId: meeting.hostId, meetingId: meeting.id, startsAt: input.startsAt, endsAt, bufferMs: calendar.bufferMs });
      await setDue(tx, { kind: "meeting", subjectId: meeting.id, dueAt: new Date(endsAt.getTime() + OUTCOME_ASKED_AFTER_MS) });
      await dropTasks(tx, { causeKeys: [proposedTimeTask(meeting)] });
      await note(tx, "meeting/moved", meeting, input.actorId);
      await mailInvitation(tx, { meetingId: meeting.id, kind: "moved" });
    });
    return { outcome: "moved" };
  } catch (error) {
    if (!isTaken(error) || !asked) throw error;
    return answerTaken(workspaceId, { ...asked, startsAt: input.startsAt, exceptMeetingId: input.meetingId });
  }
}

/** Frees the time, tells them (or us), and leaves the deal with a task: a cancelled meeting is not a lost one. */
export async function cancelMeeting(tx: Tx, input: MeetingChange): Promise<void> {
  await lockMeeting(tx, input.meetingId);
  const stored = await tx.meeting.findFirst({ where: { id: input.meetingId }, select: { state: true } });
  if (stored?.state === "cancelled") return;
  const meeting = await requireUpcoming(tx, input.meetingId, "cancelled");
  const { count } = await tx.meeting.updateMany({
    where: { id: meeting.id, state: "confirmed" },
    data: { state: "cancelled", cancelledBy: input.actorId ? "us" : "them", sequence: { increment: 1 } },
  });
  if (count === 0) return;
  await release(tx, meeting.id);
  await clearDue(tx, "meeting", meeting.id);
  await note(tx, "meeting/cancelled", meeting, input.actorId);
  await dropTasks(tx, { causeKeys: [`meeting:${meeting.id}:no-show`, proposedTimeTask(meeting)] });
  if (!input.actorId) {
    const calendar = await getHostCalendar(tx, meeting.hostId);
    await createTask(tx, {
      kind: "follow_up",
      title: `${meeting.attendeeName} ${input.how ?? "cancelled the meeting"}: offer new times`,
      ownerId: meeting.hostId,
      leadId: meeting.leadId,
      accountId: meeting.accountId,
      dealId: meeting.dealId,
      meetingId: meeting.id,
      dueAt: nextWorkingDay(tx.now, calendar),
      causeKey: `meeting:${meeting.id}:cancelled`,
    });
  }
  if (meeting.leadId) await refreshLeadState(tx, [meeting.leadId]);
  await mailInvitation(tx, { meetingId: meeting.id, kind: "cancelled" });
}

async function requireUpcoming(tx: Tx, id: string, verb: string) {
  const meeting = await tx.meeting.findFirst({ where: { id } });
  if (!meeting) throw new AppError("NOT_FOUND", "This meeting no longer exists.");
  if (meeting.state === "cancelled") throw new AppError("INVALID_STATE", "This meeting was cancelled. Book a new one.");
  if (meeting.outcome) throw new AppError("INVALID_STATE", `This meeting already has its outcome and cannot be ${verb}.`);
  if (meeting.endsAt <= tx.now && verb === "cancelled")
    throw new AppError("INVALID_STATE", "This meeting is over: say whether it happened.");
  return meeting;
}

type Noted = { id: string; leadId: string | null; accountId: string | null; campaignId: string | null; dealId: string | null };

async function note(tx: Tx, kind: "meeting/moved" | "meeting/cancelled", meeting: Noted, actorId: string | null): Promise<void> {
  const { id: meetingId, leadId, accountId, campaignId, dealId } = meeting;
  await recordActivity(tx, { kind, leadId, accountId, campaignId, dealId, actorId, detail: { meetingId, by: actorId ? "us" : "them" } });
}
