import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { ownedBy } from "#server/teams/queries.ts";
import type { CampaignRow, ListCampaignsInput } from "../schema.ts";

const place = z.object({ at: z.string(), id: z.uuid() });
type Row = CampaignRow & { createdAt: string };

/** Campaigns, newest first, with what a manager looks for: progress, replies, meetings, and the one thing that holds each. */
export async function listCampaigns(
  tx: Tx,
  input: ListCampaignsInput & { owners: readonly string[] | null },
): Promise<{ items: CampaignRow[]; nextCursor?: string; counts: Record<string, number> }> {
  const list = listName("campaigns", [input.status, input.search]);
  const after = input.cursor ? openCursor(list, input.cursor, place) : null;
  const rows = await tx.$queryRaw<Row[]>`
    with chosen as (
      select c.* from campaigns c
      where c.workspace_id = ${tx.workspaceId}::uuid and c.deleted_at is null ${ownedBy(Prisma.sql`c.owner_id`, input.owners)}
        ${input.status ? Prisma.sql`and c.status = ${input.status}` : Prisma.empty}
        ${input.search ? Prisma.sql`and position(lower(${input.search}) in lower(c.name)) > 0` : Prisma.empty}
        ${after ? Prisma.sql`and (c.created_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
      order by c.created_at desc, c.id desc limit ${input.limit + 1}
    )
    select c.id, c.name, c.status, c.stop_reason as "stopReason", pauser.full_name as "pausedByName", c.owner_id as "ownerId", o.full_name as "ownerName",
      c.created_at::text as "createdAt", people.people, people.through, people.contacted, mails.sent, people.people * steps.mails as planned,
      human.replies, met.meetings, people.leave_today as "leaveToday", held.waiting as "waitingDrafts", held.approve_by as "approveBy",
      people.waiting_mailbox as "waitingMailbox", people.mailbox_problem as "mailboxProblem", mails.uncertain
    from chosen c
    left join members o on o.workspace_id = c.workspace_id and o.user_id = c.owner_id
    left join members pauser on pauser.workspace_id = c.workspace_id and pauser.user_id = c.paused_by_id
    cross join workspaces w
    cross join lateral (
      select count(*)::int as people, (count(*) filter (where e.ended_at is not null))::int as through,
        (count(*) filter (where e.last_sent_at is not null))::int as contacted,
        (count(*) filter (where e.plan_kind = 'exact' and (e.planned_at at time zone w.time_zone)::date = (${tx.now}::timestamptz at time zone w.time_zone)::date))::int as leave_today,
        (count(*) filter (where e.status = 'active' and e.held_by @> '[{"code":"mailbox"}]' or e.held_by @> '[{"code":"no_mailbox"}]'))::int as waiting_mailbox,
        min(e.held_by -> 0 ->> 'text') filter (where e.held_by @> '[{"code":"mailbox"}]' or e.held_by @> '[{"code":"no_mailbox"}]') as mailbox_problem
      from enrolments e where e.workspace_id = c.workspace_id and e.campaign_id = c.id
    ) people
    cross join lateral (
      select count(*)::int as mails from campaign_steps s where s.workspace_id = c.workspace_id and s.campaign_id = c.id and s.kind = 'email' and s.archived_at is null
    ) steps
    cross join lateral (
      select (count(*) filter (where m.status = 'sent'))::int as sent, (count(*) filter (where m.status = 'uncertain'))::int as uncertain
      from messages m where m.workspace_id = c.workspace_id and m.campaign_id = c.id and m.purpose = 'campaign'
    ) mails
    cross join lateral (
      select count(distinct r.lead_id)::int as replies from replies r
      where r.workspace_id = c.workspace_id and r.campaign_id = c.id and not r.is_automatic and r.class not in ('away', 'bounce', 'automatic')
    ) human
    cross join lateral (
      select count(*)::int as meetings from meetings t where t.workspace_id = c.workspace_id and t.campaign_id = c.id and t.state <> 'cancelled'
    ) met
    cross join lateral (
      select count(*)::int as waiting, min(d.approve_by) as approve_by from drafts d
      where d.workspace_id = c.workspace_id and d.campaign_id = c.id and d.purpose = 'campaign'
        and (d.status = 'needs_look' or (d.status = 'ready' and c.rules #>> '{drafts,mode}' <> 'send_passing'))
    ) held
    where w.id = c.workspace_id
    order by c.created_at desc, c.id desc`;
  const items = rows.slice(0, input.limit).map(({ createdAt: _createdAt, ...row }) => row);
  const last = rows.length > input.limit ? rows[input.limit - 1] : undefined;
  return {
    items,
    counts: await countByStatus(tx, input.owners),
    ...(last && { nextCursor: sealCursor(list, { at: last.createdAt, id: last.id }) }),
  };
}

async function countByStatus(tx: Tx, owners: readonly string[] | null): Promise<Record<string, number>> {
  const rows = await tx.campaign.groupBy({
    by: ["status"],
    where: { deletedAt: null, ...(owners && { ownerId: { in: [...owners] } }) },
    _count: true,
  });
  return Object.fromEntries(rows.map((row) => [row.status, row._count]));
}
