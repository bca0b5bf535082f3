import { Prisma } from "#server/generated/prisma/client.ts";

/**
 * The first mail of a campaign that a person has not had, by lineage: whoever comes back goes on where they were, and what went once
 * never goes again. Null when everything went. `campaignId` and `leadId` are expressions of the outer query.
 */
export function nextUnsentMail(workspace: Prisma.Sql, campaignId: Prisma.Sql, leadId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    select s.id from campaign_steps s
    where s.workspace_id = ${workspace} and s.campaign_id = ${campaignId} and s.kind = 'email' and s.archived_at is null
      and not exists (
        select 1 from messages m join campaign_steps o on o.workspace_id = m.workspace_id and o.id = m.step_id
        where m.workspace_id = ${workspace} and m.lead_id = ${leadId} and m.purpose = 'campaign' and m.status in ('sending', 'sent', 'uncertain')
          and o.lineage_id = s.lineage_id)
    order by s.position, s.id limit 1)`;
}
