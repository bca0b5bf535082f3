import type { Tx } from "#server/core/db.ts";
import type { CampaignStats } from "../schema.ts";
import { getCampaign } from "./get-campaign.ts";

/** Numbers of one campaign, people counted once, replies by people only. */
export async function getCampaignStats(tx: Tx, campaignId: string): Promise<CampaignStats> {
  const campaign = await getCampaign(tx, campaignId);
  const [sums] = await tx.$queryRaw<Omit<CampaignStats, "steps">[]>`
    select count(*)::int as people, (count(*) filter (where e.last_sent_at is not null))::int as contacted,
      (count(*) filter (where answered.any_reply))::int as replied, (count(*) filter (where answered.interested))::int as interested,
      (select count(*)::int from meetings m where m.workspace_id = ${tx.workspaceId}::uuid and m.campaign_id = ${campaignId}::uuid and m.state <> 'cancelled') as meetings,
      (count(*) filter (where e.status = 'finished'))::int as finished, (count(*) filter (where e.status in ('stopped', 'given_up')))::int as stopped
    from enrolments e
    left join lateral (
      select true as any_reply, bool_or(r.class = 'interested') as interested from replies r
      where r.workspace_id = e.workspace_id and r.lead_id = e.lead_id and r.campaign_id = e.campaign_id and not r.is_automatic and r.class not in ('away', 'bounce', 'automatic')
      having count(*) > 0
    ) answered on true
    where e.workspace_id = ${tx.workspaceId}::uuid and e.campaign_id = ${campaignId}::uuid`;
  const steps = await tx.$queryRaw<CampaignStats["steps"]>`
    select s.id as "stepId", s.position,
      (select count(*)::int from enrolments e where e.workspace_id = s.workspace_id and e.step_id = s.id and e.status in ('active', 'paused')) as waiting,
      (select count(*)::int from messages m where m.workspace_id = s.workspace_id and m.campaign_id = s.campaign_id and m.step_id = s.id and m.status = 'sent') as sent,
      (select count(distinct r.lead_id)::int from replies r join messages m on m.workspace_id = r.workspace_id and m.id = r.message_id
       where r.workspace_id = s.workspace_id and r.campaign_id = s.campaign_id and m.step_id = s.id and not r.is_automatic and r.class not in ('away', 'bounce', 'automatic')) as replied
    from campaign_steps s
    where s.workspace_id = ${tx.workspaceId}::uuid and s.campaign_id = ${campaign.id}::uuid and s.kind = 'email' and s.archived_at is null
    order by s.position`;
  return { ...(sums ?? { people: 0, contacted: 0, replied: 0, interested: 0, meetings: 0, finished: 0, stopped: 0 }), steps };
}
