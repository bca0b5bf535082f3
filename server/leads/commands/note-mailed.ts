import type { Tx } from "#server/core/db.ts";
import { sqlList } from "#server/core/sql-list.ts";

/**
 * What a sent mail changes in the list, and no more: when somebody was last in touch, and when their next mail leaves. Who may be mailed is
 * not asked anew, as refreshLeadState does at a higher cost: a mail that left changes nothing in that, and what ends a campaign says so itself.
 */
export async function noteMailed(tx: Tx, sent: readonly { leadId: string | null; sentAt: Date }[]): Promise<void> {
  const told = sent.flatMap(({ leadId, sentAt }) => (leadId ? [{ leadId, sentAt }] : []));
  if (told.length === 0) return;
  const people = sqlList(
    told.map((one) => one.leadId),
    "uuid",
  );
  const times = sqlList(
    told.map((one) => one.sentAt),
    "timestamptz",
  );
  // Locked in one order, as refreshLeadState does, or two that meet over the same people would wait for each other.
  await tx.$executeRaw`
    with given as (
      select t.id, max(t.at) as at from unnest(${people}, ${times}) as t(id, at) group by 1
    ), held as materialized (
      select s.id, g.at from lead_state s join given g on g.id = s.id where s.workspace_id = ${tx.workspaceId}::uuid order by s.id for no key update of s
    )
    update lead_state s set last_activity_at = greatest(s.last_activity_at, h.at), next_at = (
      select e.planned_at from enrolments e
      where e.workspace_id = ${tx.workspaceId}::uuid and e.lead_id = s.id and e.status in ('active', 'paused') limit 1)
    from held h where s.workspace_id = ${tx.workspaceId}::uuid and s.id = h.id`;
}
