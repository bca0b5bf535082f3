import type { Tx } from "#server/core/db.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { releaseSlots } from "./release-slots.ts";

/** Why a booked instant moved; the timeline shows it. */
export type MoveCause = "away" | "unapproved" | "missed" | "mailbox" | "paused" | "resumed" | "sending_paused" | "edited";

type Dropped = { id: string; leadId: string; campaignId: string; wasAt: Date | null; wasKind: string | null };

/**
 * Takes the plans of people away: slots and budgets are given back and what was only reserved is cancelled. With `wake` the next tick
 * makes new plans; without, they rest until somebody wakes them.
 */
export async function dropPlans(tx: Tx, input: { enrolmentIds: readonly string[]; reason: string; wake: boolean }): Promise<Dropped[]> {
  if (input.enrolmentIds.length === 0) return [];
  const dueAt = input.wake ? tx.now : null;
  const dropped = await tx.$queryRaw<Dropped[]>`
    with old as (
      select id, planned_at, plan_kind from enrolments
      where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...input.enrolmentIds]}::uuid[]) and status in ('active', 'paused')
      order by id for no key update
    )
    update enrolments e set planned_at = null, plan_kind = null, held_by = null, due_at = ${dueAt}::timestamptz
    from old where e.workspace_id = ${tx.workspaceId}::uuid and e.id = old.id
    returning e.id, e.lead_id as "leadId", e.campaign_id as "campaignId", old.planned_at as "wasAt", old.plan_kind as "wasKind"`;
  const ids = dropped.map((row) => row.id);
  await releaseSlots(tx, ids);
  await cancelReserved(tx, { leadIds: dropped.map((row) => row.leadId), purposes: ["campaign"], reason: input.reason });
  if (input.wake)
    await setDue(
      tx,
      ids.map((id) => ({ kind: ENROLMENT_DUE, subjectId: id, dueAt: tx.now })),
    );
  else {
    await clearDue(tx, ENROLMENT_DUE, ids);
    // A new plan would say when the next mail leaves; a rest has to say that none does.
    await refreshLeadState(
      tx,
      dropped.map((row) => row.leadId),
    );
  }
  return dropped;
}

/** A named event moved booked mails: they are planned again, and each person's timeline says why. */
export async function replanEnrolments(
  tx: Tx,
  input: { enrolmentIds: readonly string[]; cause: MoveCause; reason: string },
): Promise<void> {
  const dropped = await dropPlans(tx, { ...input, wake: true });
  for (const row of dropped) if (row.wasKind === "exact") await recordMove(tx, { ...row, cause: input.cause });
}

export async function recordMove(
  tx: Tx,
  moved: { id: string; leadId: string; campaignId: string; wasAt: Date | null; cause: MoveCause; toAt?: Date | null },
): Promise<void> {
  await recordActivity(tx, {
    kind: "campaign/send.moved",
    leadId: moved.leadId,
    campaignId: moved.campaignId,
    detail: {
      enrolmentId: moved.id,
      cause: moved.cause,
      from: moved.wasAt?.toISOString() ?? null,
      ...(moved.toAt && { to: moved.toAt.toISOString() }),
    },
  });
}
