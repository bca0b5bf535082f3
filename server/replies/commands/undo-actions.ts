import { can, type Role } from "#server/auth/constants.ts";
import { replanEnrolments } from "#server/campaigns/commands/replan-enrolments.ts";
import { reopenFinished } from "#server/campaigns/commands/return-people.ts";
import { ENROLMENT_DUE } from "#server/campaigns/constants.ts";
import { liftSuppression } from "#server/compliance/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { isUniqueViolation } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { dropTasks } from "#server/tasks/commands.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { ANSWER_DUE } from "../constants.ts";
import type { ActionKind, DoneAction } from "../schema.ts";

type By = { userId: string; role: Role };
type Reply = { id: string; leadId: string | null };
type Undo = (tx: Tx, reply: Reply, action: DoneAction, by: By) => Promise<void>;

/** Takes these actions back, in the caller's transaction. What was never done or is already taken back stays as it is. */
export async function undoActions(
  tx: Tx,
  reply: Reply,
  actions: readonly DoneAction[],
  indexes: readonly number[],
  by: By,
): Promise<DoneAction[]> {
  const result = [...actions];
  for (const index of indexes) {
    const action = result[index];
    if (!action || action.undoneAt !== null || !action.undo) continue;
    await UNDO[action.kind]?.(tx, reply, action, by);
    result[index] = { ...action, undoneAt: tx.now.toISOString() };
    if (reply.leadId)
      await recordActivity(tx, {
        kind: "mail/action.undone",
        leadId: reply.leadId,
        actorId: by.userId,
        detail: { replyId: reply.id, action: action.kind },
      });
  }
  if (reply.leadId) await refreshLeadState(tx, [reply.leadId]);
  return result;
}

const UNDO: Partial<Record<ActionKind, Undo>> = {
  stop_campaign: async (tx, _reply, { ids }) => {
    const rows = (ids.enrolmentIds ?? []).map((id, at) => ({
      id,
      stepId: ids.stepIds?.[at] ?? "",
      status: ids.statuses?.[at] ?? "active",
    }));
    // The campaign before its people, as a pause locks them.
    const campaigns = await tx.$queryRaw<{ id: string; status: string; enrolmentIds: string[] }[]>`
      select c.id, c.status, array(select e.id::text from enrolments e where e.workspace_id = c.workspace_id and e.campaign_id = c.id
        and e.id = any(${rows.map((row) => row.id)}::uuid[])) as "enrolmentIds"
      from campaigns c
      where c.workspace_id = ${tx.workspaceId}::uuid and c.deleted_at is null
        and c.id in (select e.campaign_id from enrolments e where e.workspace_id = c.workspace_id and e.id = any(${rows.map((row) => row.id)}::uuid[]))
      order by c.id for no key update of c`;
    for (const { id, stepId, status } of rows) {
      const campaign = campaigns.find((one) => one.enrolmentIds.includes(id));
      // In a campaign that lies in the trash nobody could find them, and no other one could take them.
      if (stepId === "" || !campaign) continue;
      const { count } = await tx.enrolment
        .updateMany({
          where: { id, status: { in: ["replied", "stopped", "given_up"] } },
          data: {
            status,
            stepId,
            stopReason: null,
            endedAt: null,
            dueAt: status === "active" ? tx.now : null,
            // What they have answered so far stops no later mail: it must lie before, also on a clock that stands still.
            enteredAt: new Date(tx.now.getTime() + 1),
          },
        })
        .catch((error: unknown) => {
          if (isUniqueViolation(error))
            throw new AppError("INVALID_STATE", "This person is in another campaign now. Take them out of it first.");
          throw error;
        });
      if (count === 0) continue;
      // It had finished because nobody was left in it.
      await reopenFinished(tx, campaign);
      if (status === "active") await setDue(tx, { kind: ENROLMENT_DUE, subjectId: id, dueAt: tx.now });
    }
  },
  pause_colleagues: async (tx, _reply, { ids }) => {
    const enrolmentIds = ids.enrolmentIds ?? [];
    const woken = await tx.$queryRaw<{ id: string }[]>`
      update enrolments set status = 'active', paused_reason = null, due_at = ${tx.now}
      where workspace_id = ${tx.workspaceId}::uuid and id = any(${enrolmentIds}::uuid[]) and status = 'paused' returning id`;
    await setDue(
      tx,
      woken.map((row) => ({ kind: ENROLMENT_DUE, subjectId: row.id, dueAt: tx.now })),
    );
  },
  pause_until: async (tx, _reply, { ids }) => {
    const enrolmentIds = ids.enrolmentIds ?? [];
    const active = await tx.$queryRaw<{ id: string }[]>`
      update enrolments set away_until = null
      where workspace_id = ${tx.workspaceId}::uuid and id = any(${enrolmentIds}::uuid[]) and status in ('active', 'paused') returning id`;
    await replanEnrolments(tx, { enrolmentIds: active.map((row) => row.id), cause: "edited", reason: "Not away after all" });
  },
  do_not_contact: async (tx, _reply, { ids }, by) => lift(tx, ids.suppressionIds ?? [], by),
  address_bounced: async (tx, reply, { ids }, by) => {
    await lift(tx, ids.suppressionIds ?? [], by);
    if (reply.leadId)
      await tx.lead.updateMany({
        where: { id: reply.leadId, emailStatus: "bounced" },
        data: { emailStatus: ids.emailStatus?.[0] ?? "assembled", updatedAt: tx.now },
      });
  },
  propose_person: async (tx, _reply, { ids }) => dropTasks(tx, { causeKeys: ids.causeKeys ?? [] }),
  call_back: async (tx, _reply, { ids }) => dropTasks(tx, { causeKeys: ids.causeKeys ?? [] }),
  find_successor: async (tx, _reply, { ids }) => dropTasks(tx, { causeKeys: ids.causeKeys ?? [] }),
  find_address: async (tx, _reply, { ids }) => dropTasks(tx, { causeKeys: ids.causeKeys ?? [] }),
};

async function lift(tx: Tx, suppressionIds: readonly string[], by: By): Promise<void> {
  const standing = await tx.suppression.findMany({ where: { id: { in: [...suppressionIds] }, liftedAt: null }, select: { id: true } });
  for (const { id } of standing)
    await liftSuppression(tx, {
      id,
      reason: "The answer was read wrongly",
      liftedById: by.userId,
      canLiftProtected: can(by.role, "suppressions:lift"),
    });
}

/** No answer is suggested any more: what waits to be written is not, and what was written is put away. */
export async function dropSuggestion(tx: Tx, replyId: string): Promise<void> {
  await clearDue(tx, ANSWER_DUE, replyId);
  await tx.draft.updateMany({
    where: { replyId, purpose: "reply", status: { in: ["writing", "ready", "needs_look"] } },
    data: { status: "replaced" },
  });
}
