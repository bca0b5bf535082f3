import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { acceptDeal, loseBookedDeal, moveDeal } from "#server/deals/commands/move-deal.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { createTask, dropTasks } from "#server/tasks/commands.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { writeNoShowMail } from "#server/writing/commands/write-no-show.ts";
import { OUTCOME_ASKED_AFTER_MS } from "../constants.ts";
import { nextWorkingDay } from "../domain/next-working-day.ts";
import { sayTime, sayZone } from "../domain/say-time.ts";
import { getHostCalendar } from "../queries/host-calendar.ts";
import type { OutcomeInput } from "../schema.ts";
import { lockMeeting } from "./hold-host.ts";
import { proposeTimes } from "./propose-times.ts";

const NO_SHOWS_THAT_END_IT = 2;

/**
 * Held: a good fit accepts the deal, no fit closes it. No-show: a task for the next working day with a mail of new times to look at;
 * the second one ends it. Saying the same twice is saying it once.
 */
export async function recordOutcome(tx: Tx, input: OutcomeInput & { byId: string | null }): Promise<void> {
  await lockMeeting(tx, input.id);
  const meeting = await tx.meeting.findFirst({ where: { id: input.id } });
  if (!meeting) throw new AppError("NOT_FOUND", "This meeting no longer exists.");
  if (meeting.state === "cancelled") throw new AppError("INVALID_STATE", "This meeting was cancelled, so it has no outcome.");
  if (meeting.startsAt > tx.now) throw new AppError("INVALID_STATE", "This meeting has not begun yet.");
  if (meeting.outcome === input.outcome) return;
  if (meeting.outcome) throw new AppError("CONFLICT", "Somebody already said what came of this meeting. Undo that first.");

  await tx.meeting.updateMany({
    where: { id: meeting.id },
    data: { outcome: input.outcome, outcomeAt: tx.now, outcomeById: input.byId },
  });
  await clearDue(tx, "meeting", meeting.id);
  await recordActivity(tx, {
    kind: input.outcome === "held" ? "meeting/held" : "meeting/no-show",
    leadId: meeting.leadId,
    accountId: meeting.accountId,
    campaignId: meeting.campaignId,
    dealId: meeting.dealId,
    actorId: input.byId,
    detail: { meetingId: meeting.id, ...(input.goodFit !== undefined && { goodFit: input.goodFit }) },
  });
  await audit(tx, "meeting.outcome-set", meeting.id, input.byId);
  if (input.outcome === "held") await followHeld(tx, meeting, input);
  else await followNoShow(tx, meeting, input.byId);
  if (meeting.leadId) await refreshLeadState(tx, [meeting.leadId]);
}

type StoredMeeting = NonNullable<Awaited<ReturnType<Tx["meeting"]["findFirst"]>>>;

async function followHeld(tx: Tx, meeting: StoredMeeting, input: OutcomeInput & { byId: string | null }): Promise<void> {
  if (!meeting.dealId) return;
  const { dealId } = meeting;
  const data = {
    ...(input.amountCents !== undefined && { amountCents: BigInt(input.amountCents) }),
    ...(input.nextStep && { nextStep: input.nextStep }),
    ...(input.nextOn && { nextOn: new Date(input.nextOn) }),
  };
  if (Object.keys(data).length > 0) await tx.deal.updateMany({ where: { id: dealId }, data });
  if (input.goodFit === true) await acceptDeal(tx, { dealId, byId: input.byId });
  if (input.goodFit === false) await loseBookedDeal(tx, { dealId, byId: input.byId, reason: input.lostReason || "Not a good fit" });
}

async function followNoShow(tx: Tx, meeting: StoredMeeting, byId: string | null): Promise<void> {
  const missed = meeting.leadId ? await tx.meeting.count({ where: { leadId: meeting.leadId, outcome: "no_show" } }) : 1;
  if (missed >= NO_SHOWS_THAT_END_IT) {
    if (meeting.dealId) await loseBookedDeal(tx, { dealId: meeting.dealId, byId, reason: "Did not come, twice" });
    return;
  }
  const calendar = await getHostCalendar(tx, meeting.hostId);
  const times = await proposeTimes(tx, { hostId: meeting.hostId, zone: meeting.attendeeZone, leadId: meeting.leadId, count: 3 });
  const when = `${sayTime(meeting.startsAt, meeting.attendeeZone)}, ${sayZone(meeting.attendeeZone)}`;
  const mail = await writeNoShowMail(tx, meeting, { when, times });
  await createTask(tx, {
    kind: "no_show",
    title: `${meeting.attendeeName} did not come: send new times`,
    ownerId: meeting.hostId,
    leadId: meeting.leadId,
    accountId: meeting.accountId,
    dealId: meeting.dealId,
    meetingId: meeting.id,
    campaignId: meeting.campaignId,
    dueAt: nextWorkingDay(tx.now, calendar),
    causeKey: `meeting:${meeting.id}:no-show`,
    proposal: { type: "message", ...mail },
  });
}

/** Undo: the question stands again, its task goes, and a deal that this outcome moved goes back to "Meeting booked". */
export async function clearOutcome(tx: Tx, input: { id: string; byId: string | null }): Promise<void> {
  await lockMeeting(tx, input.id);
  const meeting = await tx.meeting.findFirst({ where: { id: input.id } });
  if (!meeting) throw new AppError("NOT_FOUND", "This meeting no longer exists.");
  if (!meeting.outcome) return;
  await tx.meeting.updateMany({ where: { id: meeting.id }, data: { outcome: null, outcomeAt: null, outcomeById: null } });
  await setDue(tx, { kind: "meeting", subjectId: meeting.id, dueAt: new Date(meeting.endsAt.getTime() + OUTCOME_ASKED_AFTER_MS) });
  await dropTasks(tx, { causeKeys: [`meeting:${meeting.id}:no-show`] });
  if (meeting.dealId && meeting.outcomeAt) await putBack(tx, meeting.dealId, meeting.outcomeAt, input.byId);
  await recordActivity(tx, {
    kind: "meeting/outcome.undone",
    leadId: meeting.leadId,
    accountId: meeting.accountId,
    dealId: meeting.dealId,
    actorId: input.byId,
    detail: { meetingId: meeting.id },
  });
  await audit(tx, "meeting.outcome-undone", meeting.id, input.byId);
  if (meeting.leadId) await refreshLeadState(tx, [meeting.leadId]);
}

/** Only what the outcome itself moved: the last change of stage happened with it, out of "Meeting booked". */
async function putBack(tx: Tx, dealId: string, outcomeAt: Date, byId: string | null): Promise<void> {
  const last = await tx.dealStageChange.findFirst({ where: { dealId }, orderBy: [{ at: "desc" }, { id: "desc" }] });
  if (!last?.fromStageId || last.at.getTime() !== outcomeAt.getTime()) return;
  const from = await tx.pipelineStage.findFirst({ where: { id: last.fromStageId, kind: "booked" } });
  if (from) await moveDeal(tx, { dealId, stageId: from.id, reason: null, byId });
}

function audit(tx: Tx, action: string, meetingId: string, byId: string | null): Promise<void> {
  return recordAudit(tx, {
    actorId: byId,
    actorKind: byId ? "person" : "agent",
    action,
    subjectType: "meeting",
    subjectId: meetingId,
    fields: ["outcome"],
  });
}
