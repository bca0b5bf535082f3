import type { Tx } from "#server/core/db.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { releaseSlots } from "./release-slots.ts";

export type CloseEnrolments = {
  leadIds: string[];
  /** only in this campaign; otherwise wherever the person is */
  campaignId?: string;
  reason: string;
  status: "replied" | "stopped" | "given_up" | "finished";
};

/** Ends people's campaigns, set-based. The rows are locked first, so that a tick that is about to reserve sees the end or waits for it. */
export async function closeEnrolments(tx: Tx, input: CloseEnrolments): Promise<{ enrolmentIds: string[] }> {
  const from = input.status === "replied" ? ["active", "paused", "finished"] : ["active", "paused"];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with locked as (
      select id from enrolments
      where workspace_id = ${tx.workspaceId}::uuid and lead_id = any(${input.leadIds}::uuid[]) and status = any(${from})
        and (${input.campaignId ?? null}::uuid is null or campaign_id = ${input.campaignId ?? null}::uuid)
      order by id for update
    )
    update enrolments e set status = ${input.status}, stop_reason = ${input.reason}, ended_at = coalesce(e.ended_at, ${tx.now}), step_id = null,
      due_at = null, planned_at = null, plan_kind = null, held_by = null, paused_reason = null
    from locked where e.workspace_id = ${tx.workspaceId}::uuid and e.id = locked.id
    returning e.id`;
  const enrolmentIds = rows.map((row) => row.id);
  if (enrolmentIds.length === 0) return { enrolmentIds };
  await releaseSlots(tx, enrolmentIds);
  await refreshLeadState(tx, input.leadIds);
  return { enrolmentIds };
}
