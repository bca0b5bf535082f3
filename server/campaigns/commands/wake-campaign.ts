import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { ENROLMENT_DUE } from "../constants.ts";

/** Everybody active in this campaign (or, with null, in every running one) is looked at now. */
export async function wakeCampaign(tx: Tx, campaignId: string | null): Promise<number> {
  const which = campaignId === null ? Prisma.empty : Prisma.sql`and c.id = ${campaignId}::uuid`;
  return tx.$executeRaw`
    with woken as (
      update enrolments e set due_at = ${tx.now} from campaigns c
      where e.workspace_id = ${tx.workspaceId}::uuid and e.status = 'active' and c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.status = 'running' ${which}
      returning e.id
    )
    insert into due (workspace_id, kind, subject_id, due_at)
    select ${tx.workspaceId}::uuid, ${ENROLMENT_DUE}, id, ${tx.now} from woken
    on conflict (workspace_id, kind, subject_id) do update set due_at = excluded.due_at`;
}
