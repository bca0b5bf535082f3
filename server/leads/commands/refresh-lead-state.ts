import { erasedAmong, hashOf, isBounce, isStopped, ruleMeans } from "#server/compliance/queries/stop-rules.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

/** Above this many people the work goes in slices, so that one statement never locks a whole list. */
const SLICE = 2_000;

/**
 * Recomputes what the list says about contactability from the rows that are true: address, do-not-contact, deals, meetings,
 * replies, campaigns. Set-based and idempotent; writes only rows that change.
 *
 * First match wins: do not contact, customer, in a deal, meeting, needs an address, in campaign, replied, free. An address that
 * bounced stands before a campaign because nothing of that campaign can arrive. Whoever won a deal with us is a customer, with or without a company.
 */
export async function refreshLeadState(tx: Tx, leadIds: readonly string[]): Promise<number> {
  let changed = 0;
  for (let from = 0; from < leadIds.length; from += SLICE) {
    changed += await refreshSlice(tx, leadIds.slice(from, from + SLICE));
  }
  return changed;
}

async function refreshSlice(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const email = Prisma.sql`p.email`;
  // Mostly it is one person, after one mail: the plan of that question is kept, where a list of any length is planned each time.
  const [only] = ids.length === 1 ? ids : [];
  const among = only ? Prisma.sql`l.id = ${only}::uuid` : Prisma.sql`l.id = any(${[...ids]}::uuid[])`;
  const erased = await erasedAmong(tx, Prisma.sql`select l.email from leads l where l.workspace_id = ${workspace} and ${among}`);
  const addressee = {
    email,
    accountId: Prisma.sql`p.account_id`,
    accountDomain: Prisma.sql`p.account_domain`,
    hash: hashOf(erased, email),
  };
  return tx.$executeRaw`
    with person as (
      select l.id, l.email, l.email_status, l.account_id, a.domain as account_domain, coalesce(a.is_customer, false) or exists (
               select 1 from deals d join pipeline_stages g on g.workspace_id = ${workspace} and g.id = d.stage_id and g.kind = 'won'
               where d.workspace_id = ${workspace} and d.lead_id = l.id) as is_customer
      from leads l left join accounts a on a.workspace_id = ${workspace} and a.id = l.account_id
      where l.workspace_id = ${workspace} and ${among}
    ), read as (
      select p.id, p.is_customer, p.email is null or p.email_status = 'bounced' or exists (
            select 1 from suppressions s where ${ruleMeans(tx, addressee)} and ${isBounce}) as no_address,
        ${isStopped(tx, addressee)} as stopped,
        exists (
          select 1 from deals d where d.workspace_id = ${workspace} and d.lead_id = p.id and d.closed_at is null and d.accepted_at is not null
        ) as in_deal,
        exists (
          select 1 from meetings m where m.workspace_id = ${workspace} and m.lead_id = p.id and m.state <> 'cancelled' and m.outcome is distinct from 'no_show'
        ) as has_meeting,
        running.id is not null as in_campaign, running.planned_at as next_at,
        last_reply.class as reply_class, touched.at as last_activity_at
      from person p
      left join lateral (
        select e.id, e.planned_at from enrolments e
        where e.workspace_id = ${workspace} and e.lead_id = p.id and e.status in ('active', 'paused') limit 1
      ) running on true
      left join lateral (
        select r.class from replies r
        where r.workspace_id = ${workspace} and r.lead_id = p.id and not r.is_automatic and r.class not in ('away', 'bounce', 'automatic')
        order by r.received_at desc limit 1
      ) last_reply on true
      left join lateral (
        select c.occurred_at as at from activities c
        where c.workspace_id = ${workspace} and c.lead_id = p.id
          and (c.kind like 'message/%' or c.kind like 'reply/%' or c.kind like 'meeting/%' or c.kind like 'call/%')
        order by c.occurred_at desc limit 1
      ) touched on true
    )
    insert into lead_state as s (id, workspace_id, contact_state, reply_class, next_at, last_activity_at)
    select id, ${workspace},
      case when stopped then 'do_not_contact' when is_customer then 'customer' when in_deal then 'in_deal' when has_meeting then 'meeting'
           when no_address then 'needs_address' when in_campaign then 'in_campaign' when reply_class is not null then 'replied' else 'free' end,
      reply_class, next_at, last_activity_at
    from read order by id
    on conflict (id) do update set contact_state = excluded.contact_state, reply_class = excluded.reply_class, next_at = excluded.next_at,
      last_activity_at = excluded.last_activity_at
    where (s.contact_state, s.reply_class, s.next_at, s.last_activity_at)
      is distinct from (excluded.contact_state, excluded.reply_class, excluded.next_at, excluded.last_activity_at)`;
}
