import type { Tx } from "#server/core/db.ts";
import { createTask, dropTasks } from "#server/tasks/commands.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { type CalendarJudgement, type CalendarSaid, judgeCalendarAnswer } from "../domain/judge-calendar-answer.ts";
import { sayTime, sayZone } from "../domain/say-time.ts";
import { cancelMeeting, proposedTimeTask } from "./change-meeting.ts";

export type CalendarAnswerTaken = { meetingId: string; says: string };

const SAID = { accepted: "accepted", declined: "declined", tentative: "said maybe to", counter: "proposed another time for" } as const;
const IGNORED: Record<Extract<CalendarJudgement, { does: "nothing" }>["because"], string> = {
  stranger: "Changed nothing: the one who answered is not invited to the meeting",
  old_version: "Changed nothing: it answers the meeting as it was before it moved",
  old_answer: "Changed nothing: they answered again after this",
  cancelled: "Changed nothing: the meeting was cancelled before",
  over: "Changed nothing: the meeting was over",
};

/** A calendar's answer, by the UID of the meeting. Null: no meeting of ours. The same answer read again changes nothing. */
export async function takeCalendarAnswer(tx: Tx, said: CalendarSaid & { uid: string }): Promise<CalendarAnswerTaken | null> {
  const [locked] = await tx.$queryRaw<{ id: string }[]>`
    select id from meetings where workspace_id = ${tx.workspaceId}::uuid and uid = ${said.uid} for update`;
  const meeting = locked && (await tx.meeting.findFirst({ where: { id: locked.id } }));
  if (!meeting) return null;
  const judgement = judgeCalendarAnswer(said, { ...meeting, answeredAt: meeting.attendeeAnsweredAt }, tx.now);
  if (judgement.does === "nothing") return { meetingId: meeting.id, says: IGNORED[judgement.because] };

  const when = `the meeting on ${sayTime(meeting.startsAt, meeting.hostZone)}, ${sayZone(meeting.hostZone)}`;
  const { leadId, accountId, campaignId, dealId } = meeting;
  await recordActivity(tx, {
    kind: "meeting/answered",
    leadId,
    accountId,
    campaignId,
    dealId,
    detail: { meetingId: meeting.id, answer: said.answer, by: judgement.does === "note_guest" ? "guest" : "attendee" },
  });
  if (judgement.does === "note_guest") return { meetingId: meeting.id, says: `A guest, ${said.attendee}, ${SAID[said.answer]} ${when}` };

  const proposedAt = judgement.does === "ask_to_move" ? judgement.proposedAt : null;
  await tx.meeting.updateMany({
    where: { id: meeting.id },
    data: { attendeeAnswer: said.answer, attendeeAnsweredAt: said.stampedAt ?? tx.now, proposedAt },
  });
  // A yes after another time was proposed takes the question back.
  if (!proposedAt) await dropTasks(tx, { causeKeys: [proposedTimeTask(meeting)] });
  if (judgement.does === "cancel") {
    await cancelMeeting(tx, { meetingId: meeting.id, actorId: null, how: "declined the invitation" });
    return { meetingId: meeting.id, says: `Cancelled ${when}: ${meeting.attendeeName} declined the invitation` };
  }
  if (!proposedAt) return { meetingId: meeting.id, says: `${meeting.attendeeName} ${SAID[said.answer]} ${when}` };
  const wanted = `${sayTime(proposedAt, meeting.hostZone)}, ${sayZone(meeting.hostZone)}`;
  await createTask(tx, {
    kind: "follow_up",
    title: `${meeting.attendeeName} proposes ${wanted}: move the meeting?`,
    note: `It stands at ${sayTime(meeting.startsAt, meeting.hostZone)} until you move it.`,
    ownerId: meeting.hostId,
    leadId,
    accountId,
    dealId,
    meetingId: meeting.id,
    campaignId,
    dueAt: tx.now,
    causeKey: proposedTimeTask(meeting),
  });
  return { meetingId: meeting.id, says: `${meeting.attendeeName} proposes ${wanted} instead; a task asks you` };
}
