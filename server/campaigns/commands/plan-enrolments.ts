import type { Tx } from "#server/core/db.ts";
import { setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { APPROVE_AHEAD_MS, ENROLMENT_DUE, RETRY_BLOCKED_MS, RETRY_STUCK_MS, reserveAheadOf } from "../constants.ts";
import { mailboxCapOn } from "../domain/daily-cap.ts";
import { personToPlan } from "../domain/person-to-plan.ts";
import { type Planned, planPerson } from "../domain/plan-people.ts";
import { loadBoard, lockPlanning } from "../queries/load-board.ts";
import type { PersonRow } from "../queries/load-due-people.ts";
import { publicHolidays } from "../queries/public-holidays.ts";
import { type Booking, bookSlots } from "./book-slots.ts";

/** Why a mail was postponed and the earliest moment for it now. */
type Because = { text: string; notBefore: number };
export type PlanRequest = { row: PersonRow; because: Because | null };
export type PlanResult = { row: PersonRow; planned: Planned };

/**
 * Plans people in the order of their score and books what is exact. The caller holds the rows' locks.
 * Best first, then by address: the same people get the same minutes in every run.
 */
export async function planEnrolments(
  tx: Tx,
  requests: readonly PlanRequest[],
  approvedByPeople: ReadonlyMap<string, number>,
): Promise<PlanResult[]> {
  if (requests.length === 0) return [];
  await lockPlanning(tx);
  const board = await loadBoard(tx);
  const results: PlanResult[] = [];
  const bookings: Booking[] = [];
  for (const { row, because } of inOrder(requests)) {
    if (!row.stepId) continue;
    const around = {
      now: board.now,
      holidays: publicHolidays(row.country, board.now),
      approvedByPeople: approvedByPeople.get(row.campaignId) ?? 0,
    };
    const planned = planPerson(board, personToPlan(row, around, because));
    results.push({ row, planned });
    if (planned.plan === null || planned.plan.kind !== "exact") continue;
    const { plan, mailbox } = planned;
    bookings.push({
      enrolmentId: row.id,
      stepId: row.stepId,
      campaignId: row.campaignId,
      mailboxId: mailbox.id,
      at: plan.at,
      budgetDay: plan.budgetDay,
      mailboxCap: mailboxCapOn(mailbox, plan.budgetDay),
      campaignCap: row.rules.dailyCap,
    });
  }
  await bookSlots(tx, bookings);
  await writePlans(tx, results);
  return results;
}

function inOrder(requests: readonly PlanRequest[]): PlanRequest[] {
  return [...requests].sort((a, b) => (b.row.score ?? -1) - (a.row.score ?? -1) || ((a.row.email ?? "") < (b.row.email ?? "") ? -1 : 1));
}

async function writePlans(tx: Tx, results: readonly PlanResult[]): Promise<void> {
  const rows = results.map(({ row, planned }) => {
    const dueAt = nextLook(tx.now.getTime(), planned, reserveAheadOf(row));
    return planned.plan
      ? {
          id: row.id,
          dueAt,
          at: new Date(planned.plan.at),
          kind: planned.plan.kind,
          held: planned.plan.reasons,
          mailboxId: planned.mailbox.id,
          senderId: planned.mailbox.ownerId,
        }
      : { id: row.id, dueAt, at: null, kind: null, held: planned.held, mailboxId: row.mailboxId, senderId: null };
  });
  await tx.$executeRaw`
    update enrolments e set planned_at = t.at, plan_kind = t.kind, held_by = t.held::jsonb, due_at = t.due_at, mailbox_id = t.mailbox_id,
      sender_id = coalesce(t.sender_id, e.sender_id)
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => JSON.stringify(row.held))}::text[], ${rows.map((row) => row.dueAt)}::timestamptz[], ${rows.map((row) => row.mailboxId)}::uuid[],
      ${rows.map((row) => row.senderId)}::uuid[]) as t(id, at, kind, held, due_at, mailbox_id, sender_id)
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = t.id`;
  await setDue(
    tx,
    rows.map((row) => ({ kind: ENROLMENT_DUE, subjectId: row.id, dueAt: row.dueAt })),
  );
  await setApproveBy(
    tx,
    rows.filter((row) => row.kind === "exact").map((row) => row.id),
  );
  const moved = results.filter(({ row, planned }) => (planned.plan?.at ?? null) !== (row.plannedAt?.getTime() ?? null));
  await refreshLeadState(
    tx,
    moved.map(({ row }) => row.leadId),
  );
}

/** Until when a waiting draft must be approved to leave at its booked minute. */
export async function setApproveBy(tx: Tx, enrolmentIds: readonly string[]): Promise<void> {
  if (enrolmentIds.length === 0) return;
  await tx.$executeRaw`
    update drafts d set approve_by = e.planned_at - make_interval(secs => ${APPROVE_AHEAD_MS / 1000})
    from enrolments e
    where d.workspace_id = ${tx.workspaceId}::uuid and d.enrolment_id = any(${[...enrolmentIds]}::uuid[]) and d.status in ('writing', 'ready', 'needs_look', 'approved')
      and e.workspace_id = d.workspace_id and e.id = d.enrolment_id and e.step_id = d.step_id`;
}

function nextLook(now: number, planned: Planned, aheadMs: number): Date {
  if (!planned.plan) return new Date(now + (planned.held.some((reason) => reason.code === "mailbox") ? RETRY_BLOCKED_MS : RETRY_STUCK_MS));
  if (planned.plan.kind === "exact") return new Date(Math.max(now, planned.plan.at - aheadMs));
  return new Date(Math.max(now + 60_000, planned.plan.lookAgainAt));
}
