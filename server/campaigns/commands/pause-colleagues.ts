import { companyDomain } from "#server/accounts/domain/company-domain.ts";
import type { Tx } from "#server/core/db.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { dropPlans } from "./replan-enrolments.ts";

/**
 * When somebody answers, everybody else at that company waits, in campaigns whose rules say so. An address at a free mail host has no
 * company, so nobody is held because a stranger with the same host answered. Colleagues are who is there now, wherever they were when they
 * were added.
 */
export async function pauseColleagues(
  tx: Tx,
  input: { accountId: string; exceptLeadId: string; reason: string },
): Promise<{ enrolmentIds: string[]; leadIds: string[] }> {
  const account = await tx.account.findFirst({ where: { id: input.accountId }, select: { domain: true } });
  if (!account || (account.domain && companyDomain(account.domain) === null)) return { enrolmentIds: [], leadIds: [] };
  const rows = await tx.$queryRaw<{ id: string; leadId: string; campaignId: string }[]>`
    with old as (
      select e.id from enrolments e join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
      join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
      where e.workspace_id = ${tx.workspaceId}::uuid and l.account_id = ${input.accountId}::uuid and e.lead_id <> ${input.exceptLeadId}::uuid
        and e.status = 'active' and coalesce((c.rules ->> 'pauseColleagues')::boolean, true)
      order by e.id for no key update of e
    )
    update enrolments e set status = 'paused', paused_reason = ${input.reason}
    from old where e.workspace_id = ${tx.workspaceId}::uuid and e.id = old.id
    returning e.id, e.lead_id as "leadId", e.campaign_id as "campaignId"`;
  const enrolmentIds = rows.map((row) => row.id);
  await dropPlans(tx, { enrolmentIds, reason: input.reason, wake: false });
  for (const row of rows) {
    await recordActivity(tx, {
      kind: "campaign/person.paused",
      leadId: row.leadId,
      accountId: input.accountId,
      campaignId: row.campaignId,
      detail: { enrolmentId: row.id, cause: "colleague_answered" },
    });
  }
  return { enrolmentIds, leadIds: rows.map((row) => row.leadId) };
}
