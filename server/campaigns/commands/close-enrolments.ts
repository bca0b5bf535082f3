import type { Tx } from "#server/core/db.ts";
import { clearDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { finishEmptyCampaigns } from "./finish-empty-campaigns.ts";
import { releaseSlots } from "./release-slots.ts";

export type CloseEnrolments = {
  leadIds: readonly string[];
  /** only in this campaign; otherwise wherever the person is */
  campaignId?: string;
  /** in words, as shown */
  reason: string;
  status: "replied" | "stopped" | "given_up" | "finished";
  actorId?: string | null;
};

type Closed = { id: string; leadId: string; campaignId: string; was: string; wasRunning: boolean };

/** Ends people's campaigns, set-based. The rows are locked first, so that a tick that is about to reserve sees the end or waits for it. */
export async function closeEnrolments(tx: Tx, input: CloseEnrolments): Promise<{ enrolmentIds: string[] }> {
  // An answer after the last mail is still an answer to this campaign.
  const from = input.status === "replied" ? ["active", "paused", "finished"] : ["active", "paused"];
  const closed = await tx.$queryRaw<Closed[]>`
    with old as (
      select id, status from enrolments
      where workspace_id = ${tx.workspaceId}::uuid and lead_id = any(${[...input.leadIds]}::uuid[]) and status = any(${from}::text[])
        and (${input.campaignId ?? null}::uuid is null or campaign_id = ${input.campaignId ?? null}::uuid)
      order by id for no key update
    )
    update enrolments e set status = ${input.status}, stop_reason = ${input.reason}, ended_at = coalesce(e.ended_at, ${tx.now}), step_id = null,
      due_at = null, planned_at = null, plan_kind = null, held_by = null, paused_reason = null
    from old where e.workspace_id = ${tx.workspaceId}::uuid and e.id = old.id
    returning e.id, e.lead_id as "leadId", e.campaign_id as "campaignId", old.status as was, old.status <> 'finished' as "wasRunning"`;
  const running = closed.filter((row) => row.wasRunning);
  const ids = running.map((row) => row.id);
  if (ids.length > 0) {
    await releaseSlots(tx, ids);
    await cancelReserved(tx, { leadIds: running.map((row) => row.leadId), purposes: ["campaign"], reason: input.reason });
    await clearDue(tx, ENROLMENT_DUE, ids);
    await replaceWaitingDrafts(tx, ids);
    await finishEmptyCampaigns(tx, [...new Set(running.map((row) => row.campaignId))]);
  }
  for (const row of running) {
    await recordActivity(tx, {
      kind: input.status === "finished" ? "campaign/person.finished" : "campaign/person.stopped",
      leadId: row.leadId,
      campaignId: row.campaignId,
      actorId: input.actorId ?? null,
      detail: { enrolmentId: row.id, status: input.status, was: row.was },
    });
  }
  if (closed.length > 0)
    await refreshLeadState(
      tx,
      closed.map((row) => row.leadId),
    );
  return { enrolmentIds: closed.map((row) => row.id) };
}

/** Nobody should read and approve a mail that will not be sent. */
async function replaceWaitingDrafts(tx: Tx, enrolmentIds: string[]): Promise<void> {
  await tx.$executeRaw`
    update drafts set status = 'replaced' where workspace_id = ${tx.workspaceId}::uuid and enrolment_id = any(${enrolmentIds}::uuid[])
      and purpose = 'campaign' and status in ('writing', 'ready', 'needs_look')`;
}
