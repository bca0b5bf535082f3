import type { Tx } from "#server/core/db.ts";

/** A running campaign in which nobody waits any more is finished. */
export async function finishEmptyCampaigns(tx: Tx, campaignIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    update campaigns c set status = 'finished', finished_at = ${tx.now}
    where c.workspace_id = ${tx.workspaceId}::uuid and c.id = any(${[...campaignIds]}::uuid[]) and c.status = 'running'
      and not exists (select 1 from enrolments e where e.workspace_id = c.workspace_id and e.campaign_id = c.id and e.status in ('active', 'paused'))`;
}
