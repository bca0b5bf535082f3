import type { Tx } from "#server/core/db.ts";

/**
 * Gives booked instants back, with the budgets that they consumed. Slots of mails that were sent stay. Set-based; safe to repeat.
 * Budgets are taken and given back in the same order (scope, id, day), so that two transactions never wait for each other in a circle.
 */
export async function releaseSlots(tx: Tx, enrolmentIds: readonly string[]): Promise<number> {
  if (enrolmentIds.length === 0) return 0;
  const rows = await tx.$queryRaw<{ released: number }[]>`
    with released as (
      update send_slots s set released_at = ${tx.now}
      from enrolments e
      where s.workspace_id = ${tx.workspaceId}::uuid and s.enrolment_id = any(${[...enrolmentIds]}::uuid[])
        and s.released_at is null and s.used_at is null and e.workspace_id = s.workspace_id and e.id = s.enrolment_id
      returning s.mailbox_id, s.budget_day, e.campaign_id
    ), given as (
      select 'campaign' as scope, campaign_id::text as scope_id, budget_day as day, count(*)::int as n from released group by 1, 2, 3
      union all
      select 'mailbox', mailbox_id::text, budget_day, count(*)::int from released group by 1, 2, 3
    ), locked as (
      select b.scope, b.scope_id, b.day, g.n from send_budgets b join given g using (scope, scope_id, day)
      where b.workspace_id = ${tx.workspaceId}::uuid
      order by b.scope, b.scope_id, b.day for update of b
    ), changed as (
      update send_budgets b set used = greatest(b.used - l.n, 0) from locked l
      where b.workspace_id = ${tx.workspaceId}::uuid and b.scope = l.scope and b.scope_id = l.scope_id and b.day = l.day
    )
    select count(*)::int as released from released`;
  return rows[0]?.released ?? 0;
}
