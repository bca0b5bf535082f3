import type { Tx } from "#server/core/db.ts";
import { type Due, setDue } from "#server/jobs/due.ts";
import { ENROLMENT_DUE, RETRY_BLOCKED_MS } from "../constants.ts";
import { mayLeave } from "../domain/approval.ts";
import { mailboxProblem } from "../domain/choose-mailbox.ts";
import { decideMove, type Move, type MoveFacts } from "../domain/decide-move.ts";
import { dayAt, instantOf, isKnownZone } from "../domain/zone-days.ts";
import { countApprovedByPeople } from "../queries/count-approved.ts";
import { loadPeople, type PersonRow } from "../queries/load-due-people.ts";
import { advanceAfterSend } from "./advance-after-send.ts";
import { closeEnrolments } from "./close-enrolments.ts";
import { type PlanRequest, planEnrolments } from "./plan-enrolments.ts";
import { releaseSlots } from "./release-slots.ts";
import { recordMove } from "./replan-enrolments.ts";
import { reserveStep } from "./reserve-step.ts";

export type ToWrite = { enrolmentId: string; stepId: string };

/**
 * One move for each of these people, in one transaction under their row locks. Answers with those whose mail must be written now,
 * which calls a model and so happens outside.
 */
export async function moveForward(tx: Tx, enrolmentIds: readonly string[]): Promise<ToWrite[]> {
  const rows = await loadPeople(tx, enrolmentIds, { lock: true });
  const approved = await countApprovedByPeople(tx, rows);
  const moves = rows.map((row) => ({ row, move: decideMove(factsOf(row, tx.now.getTime(), approved.get(row.campaignId) ?? 0)) }));
  const looks: Due[] = [];
  const toPlan: PlanRequest[] = [];
  const toWrite: ToWrite[] = [];
  for (const { row, move } of moves) {
    if (move.move === "plan") toPlan.push({ row, because: null });
    else if (move.move === "postpone") toPlan.push(await postpone(tx, row, move));
    else if (move.move === "write" && row.stepId) toWrite.push({ enrolmentId: row.id, stepId: row.stepId });
    else if (move.move === "reserve") looks.push(...[await reserveStep(tx, row)].filter((due) => due !== null));
    else if (move.move === "wait") looks.push({ kind: ENROLMENT_DUE, subjectId: row.id, dueAt: new Date(move.until) });
    else if (move.move === "end")
      await closeEnrolments(tx, { leadIds: [row.leadId], campaignId: row.campaignId, status: move.status, reason: move.reason });
    else if (move.move === "advance" && row.stepId)
      await advanceAfterSend(tx, { enrolmentId: row.id, stepId: row.stepId, messageId: move.messageId, sentAt: new Date(move.sentAt) });
  }
  await setDue(tx, looks);
  const planned = await planEnrolments(tx, toPlan, approved);
  for (const {
    row,
    planned: { plan },
  } of planned) {
    if (row.planKind === "exact" && row.plannedAt) {
      const cause = moves.find((entry) => entry.row.id === row.id)?.move;
      await recordMove(tx, {
        ...row,
        wasAt: row.plannedAt,
        toAt: plan ? new Date(plan.at) : null,
        cause: cause?.move === "postpone" ? cause.cause : "edited",
      });
    }
    if (plan?.kind === "exact" && row.draftId === null && row.stepId) toWrite.push({ enrolmentId: row.id, stepId: row.stepId });
  }
  return toWrite;
}

function problemOf({ mailbox, lastSentAt }: PersonRow, now: number): string | null {
  if (!mailbox) return "The mailbox was removed";
  const health = { ...mailbox, label: mailbox.address, lastReadAt: mailbox.lastReadAt?.getTime() ?? null };
  return mailboxProblem(health, { isFollowUp: lastSentAt !== null, now });
}

function factsOf(row: PersonRow, now: number, approvedByPeople: number): MoveFacts {
  return {
    now,
    status: row.status,
    campaignStatus: row.campaignStatus,
    isSendingPaused: row.isSendingPaused,
    isSandbox: row.isSandbox,
    hasStep: row.stepId !== null,
    ended: endOf(row),
    plan: row.plannedAt && row.planKind ? { at: row.plannedAt.getTime(), kind: row.planKind } : null,
    draft: row.draftState ? { state: row.draftState, mayLeave: mayLeave(row.draftState, row.rules.drafts, approvedByPeople) } : null,
    message:
      row.messageId && row.messageState
        ? { id: row.messageId, state: row.messageState, sentAt: row.messageSentAt?.getTime() ?? null, reason: row.messageReason }
        : null,
    mailboxProblem: problemOf(row, now),
  };
}

function endOf(row: PersonRow): { status: "stopped" | "given_up"; reason: string } | null {
  if (row.isDeleted) return { status: "stopped", reason: "The person was deleted" };
  if (row.contactState === "do_not_contact") return { status: "stopped", reason: "Do not contact" };
  if (!row.email || row.emailStatus === "bounced") return { status: "given_up", reason: "No address" };
  return null;
}

/** The send moves, never skips: its minute is given back, and a new one is looked for after the reason. */
async function postpone(tx: Tx, row: PersonRow, move: Extract<Move, { move: "postpone" }>): Promise<PlanRequest> {
  await releaseSlots(tx, [row.id]);
  const now = tx.now.getTime();
  if (move.cause === "missed") return { row, because: null };
  if (move.cause === "mailbox") return { row, because: { text: move.reason, notBefore: now + RETRY_BLOCKED_MS } };
  const zone = row.zone && isKnownZone(row.zone) ? row.zone : "UTC";
  return {
    row,
    because: {
      text: "the draft was not approved in time, so it moved to the next working day",
      notBefore: instantOf(zone, dayAt(zone, now) + 1, 0),
    },
  };
}
