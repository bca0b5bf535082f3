import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { Whose } from "../queries.ts";
import type { TodayItem } from "../schema.ts";

type Row = {
  campaignId: string;
  name: string;
  ready: number;
  look: number;
  approveBy: Date | null;
  leaveBy: Date | null;
  ownerId: string;
  ownerName: string;
};

/** The drafts that hold a send, with their campaign and its owner, as `from` takes them. */
export function whichDrafts(tx: Tx, whose: Whose): Prisma.Sql {
  // Each campaign is asked once what it holds, not once for each draft: so the fence.
  return Prisma.sql`drafts d
    join (select c.id, c.name, c.owner_id, ${holdsWhatPasses(tx)} as holds from campaigns c
      where c.workspace_id = ${tx.workspaceId}::uuid and c.status = 'running' offset 0) c on c.id = d.campaign_id
    join members o on o.workspace_id = ${tx.workspaceId}::uuid and o.user_id = c.owner_id
    left join enrolments e on e.workspace_id = ${tx.workspaceId}::uuid and e.id = d.enrolment_id
    where d.workspace_id = ${tx.workspaceId}::uuid and d.purpose = 'campaign' and (d.status = 'needs_look' or (d.status = 'ready' and c.holds))
      and (e.id is null or e.status = 'active')
      and coalesce(e.sender_id, c.owner_id) = any(${whose.userIds}::uuid[])`;
}

/** False where the campaign's rules let a draft that passes leave by itself (domain/approval.ts says the same of one person). */
function holdsWhatPasses(tx: Tx): Prisma.Sql {
  return Prisma.sql`case coalesce(c.rules #>> '{drafts,mode}', 'review_first') when 'send_passing' then false when 'review_first' then not exists (
      select 1 from drafts p where p.workspace_id = ${tx.workspaceId}::uuid and p.campaign_id = c.id and p.status in ('approved', 'rejected', 'replaced')
        and p.approved_by_id is not null offset coalesce((c.rules #>> '{drafts,first}')::int, 20) - 1)
    else true end`;
}

/** Drafts that hold a send, one row per campaign: they are read one after the other on their own page. */
export async function listDraftsWaiting(tx: Tx, whose: Whose): Promise<TodayItem[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select c.id as "campaignId", c.name, count(*) filter (where d.status = 'ready')::int as ready,
      count(*) filter (where d.status = 'needs_look')::int as look, min(d.approve_by) filter (where d.approve_by > ${whose.now}) as "approveBy",
      min(d.approve_by) as "leaveBy", c.owner_id as "ownerId", o.full_name as "ownerName"
    from ${whichDrafts(tx, whose)}
    group by c.id, c.name, c.owner_id, o.full_name`;
  return rows.map((row) => ({
    key: `drafts:${row.campaignId}`,
    kind: "drafts" as const,
    subjectId: row.campaignId,
    title: row.name,
    company: null,
    grade: null,
    leadId: null,
    detail: [row.ready > 0 && `${row.ready} ready`, row.look > 0 && `${row.look} ${row.look === 1 ? "needs" : "need"} a look`]
      .filter(Boolean)
      .join(" · "),
    state: row.look > 0 ? "needs_look" : "ready",
    at: row.approveBy ?? row.leaveBy,
    endsAt: null,
    zone: null,
    count: row.ready + row.look,
    why: "These mails wait for approval. What is not approved in time moves to the next working day; nothing is skipped.",
    href: `/campaigns/drafts?campaign=${row.campaignId}`,
    ownerId: row.ownerId,
    ownerName: row.ownerName,
    task: null,
  }));
}
