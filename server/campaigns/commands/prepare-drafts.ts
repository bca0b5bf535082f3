import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Services } from "#server/services.ts";
import { DRAFTS_BEFORE_START } from "../constants.ts";
import { writeDrafts } from "./tick-enrolments.ts";

/** Before a campaign starts, its best people's first mails are written, so that somebody can read some. Safe to repeat. */
export async function prepareDrafts(services: Services, workspaceId: WorkspaceId, input: { campaignId: string }): Promise<number> {
  const missing = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ enrolmentId: string; stepId: string }[]>`
      select p.id as "enrolmentId", p.step_id as "stepId" from (
        select e.id, e.step_id from enrolments e
        join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.status = 'draft' and c.deleted_at is null
        join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
        left join lead_state s on s.workspace_id = e.workspace_id and s.id = e.lead_id
        where e.workspace_id = ${workspaceId}::uuid and e.campaign_id = ${input.campaignId}::uuid and e.status = 'active' and e.step_id is not null
        order by s.score desc nulls last, l.email limit ${DRAFTS_BEFORE_START}
      ) p
      where not exists (
        select 1 from drafts d where d.workspace_id = ${workspaceId}::uuid and d.enrolment_id = p.id and d.step_id = p.step_id and d.status not in ('rejected', 'replaced')
      )`,
  );
  await writeDrafts(services, workspaceId, missing);
  return missing.length;
}
