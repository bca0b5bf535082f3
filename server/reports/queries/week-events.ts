import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { weekKeys } from "../constants.ts";
import type { WeekKey } from "../schema.ts";

export type Span = { from: Date; to: Date };

/** Answers of people. The one definition of a human reply, for week and funnel alike. */
export const isHumanReply = Prisma.sql`not r.is_automatic and r.class not in ('away', 'bounce', 'automatic')`;

/**
 * The events behind each number of the week: (lead_id, subject_id, owner_id, at, cents). Totals, numbers per person and the rows that a
 * number opens are all read from these, so they cannot disagree.
 */
export function weekEvents(tx: Tx, key: WeekKey, { from, to }: Span): Prisma.Sql {
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const during = (column: Prisma.Sql) => Prisma.sql`${column} >= ${from} and ${column} < ${to}`;
  const reply = (more: Prisma.Sql) => Prisma.sql`
    select r.lead_id, r.id as subject_id,
      coalesce(r.owner_id, (select l.owner_id from leads l where l.workspace_id = ${workspace} and l.id = r.lead_id)) as owner_id,
      r.received_at as at, null::bigint as cents
    from replies r where r.workspace_id = ${workspace} and r.lead_id is not null and ${during(Prisma.sql`r.received_at`)} and ${isHumanReply} ${more}`;
  const meeting = (at: Prisma.Sql, more: Prisma.Sql) => Prisma.sql`
    select m.lead_id, m.id as subject_id, m.host_id as owner_id, ${at} as at, null::bigint as cents
    from meetings m where m.workspace_id = ${workspace} and ${during(at)} and m.state <> 'cancelled' ${more}`;
  const acceptedDeal = Prisma.sql`
    select d.lead_id, d.id as subject_id, d.owner_id, d.accepted_at as at, coalesce(d.amount_cents, 0) as cents
    from deals d where d.workspace_id = ${workspace} and ${during(Prisma.sql`d.accepted_at`)}`;
  switch (key) {
    case "contacted":
      return Prisma.sql`
        select m.lead_id, m.id as subject_id, b.owner_id, m.sent_at as at, null::bigint as cents
        from messages m join mailboxes b on b.workspace_id = ${workspace} and b.id = m.mailbox_id
        where m.workspace_id = ${workspace} and m.purpose = 'campaign' and m.status = 'sent' and m.lead_id is not null and ${during(Prisma.sql`m.sent_at`)}`;
    case "replies":
      return reply(Prisma.empty);
    case "positive":
      return reply(Prisma.sql`and r.class = 'interested'`);
    case "booked":
      return meeting(Prisma.sql`m.created_at`, Prisma.empty);
    case "held":
      return meeting(Prisma.sql`m.starts_at`, Prisma.sql`and m.outcome = 'held'`);
    case "noShow":
      return meeting(Prisma.sql`m.starts_at`, Prisma.sql`and m.outcome = 'no_show'`);
    case "accepted":
    case "pipeline":
      return acceptedDeal;
  }
}

/** All of them, with their key. */
export function allWeekEvents(tx: Tx, span: Span): Prisma.Sql {
  return Prisma.join(
    weekKeys.map((key) => Prisma.sql`select ${key} as key, e.* from (${weekEvents(tx, key, span)}) e`),
    " union all ",
  );
}
