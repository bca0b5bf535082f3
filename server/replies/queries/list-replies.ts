import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";
import { isCommandLike } from "../domain/command-like.ts";
import { lastLine } from "../domain/last-line.ts";
import type { ListRepliesInput, ReplyCounts, ReplyRow } from "../schema.ts";

const MOST_HITS = 10_000;
const place = z.object({ at: z.iso.datetime().transform((text) => new Date(text)), id: z.uuid() });

type Row = Omit<ReplyRow, "line" | "isCommandLike" | "untilOn" | "isUnread"> & { text: string; untilOn: Date | null; readAt: Date | null };

/** One page, newest first. Row comparison keeps every page as fast as the first. */
export async function listReplies(
  tx: Tx,
  viewer: Viewer,
  input: ListRepliesInput,
): Promise<{ items: ReplyRow[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = input;
  const list = listName("replies", { ...filter, me: filter.view === "mine" ? viewer.userId : null });
  const after = cursor ? openCursor(list, cursor, place) : null;
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} ${FROM}
    where r.workspace_id = ${tx.workspaceId}::uuid ${visible(await listVisibleOwners(tx, viewer))} ${viewOf(input.view, viewer.userId)} ${filters(input)}
      ${after ? Prisma.sql`and (r.received_at, r.id) < (${after.at}, ${after.id}::uuid)` : Prisma.empty}
    order by r.received_at desc, r.id desc limit ${limit + 1}`;
  const items = rows.slice(0, limit).map(toRow);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? sealCursor(list, { at: last.receivedAt.toISOString(), id: last.id }) : null };
}

/** Counts of the tabs under the same filters, so that each opens the rows that it counts. */
export async function countReplies(tx: Tx, viewer: Viewer, input: ListRepliesInput): Promise<ReplyCounts> {
  const [counted] = await tx.$queryRaw<ReplyCounts[]>`
    select count(*) filter (where true ${viewOf("needs_me", viewer.userId)})::int as needs_me,
      count(*) filter (where true ${viewOf("mine", viewer.userId)})::int as mine,
      count(*) filter (where true ${viewOf("unsure", viewer.userId)})::int as unsure,
      count(*) filter (where true ${viewOf("done", viewer.userId)})::int as done,
      count(*)::int as all
    ${FROM} where r.workspace_id = ${tx.workspaceId}::uuid ${visible(await listVisibleOwners(tx, viewer))} ${filters(input)}`;
  return counted ?? { needs_me: 0, mine: 0, unsure: 0, done: 0, all: 0 };
}

/** One row by its id; null when there is none that this person may see. */
export async function findReplyRow(tx: Tx, viewer: Viewer, id: string): Promise<ReplyRow | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} ${FROM} where r.workspace_id = ${tx.workspaceId}::uuid and r.id = ${id}::uuid ${visible(await listVisibleOwners(tx, viewer))}`;
  return rows[0] ? toRow(rows[0]) : null;
}

const COLUMNS = Prisma.sql`r.id, r.lead_id as "leadId", coalesce(l.full_name, r.from_name, r.from_address) as name, a.name_for_mail as company, s.grade,
  r.from_address as "fromAddress", r.subject, left(r.text, 1500) as text, r.class, r.classified_by as "classifiedBy", r.until_on as "untilOn", r.status,
  r.is_automatic as "isAutomatic", r.read_at as "readAt", r.owner_id as "ownerId", o.full_name as "ownerName", r.campaign_id as "campaignId", c.name as "campaignName",
  r.mailbox_id as "mailboxId", r.received_at as "receivedAt", r.answered_at as "answeredAt"`;
const FROM = Prisma.sql`from replies r
  left join leads l on l.workspace_id = r.workspace_id and l.id = r.lead_id
  left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
  left join lead_state s on s.workspace_id = r.workspace_id and s.id = r.lead_id
  left join members o on o.workspace_id = r.workspace_id and o.user_id = r.owner_id
  left join campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id`;

/** A reply that nobody owns is everybody's. */
function visible(owners: readonly string[] | null): Prisma.Sql {
  return owners === null ? Prisma.empty : Prisma.sql`and (r.owner_id is null or r.owner_id = any(${[...owners]}::uuid[]))`;
}

function viewOf(view: ListRepliesInput["view"], userId: string): Prisma.Sql {
  if (view === "needs_me") return Prisma.sql`and r.status = 'needs_me' and (r.owner_id = ${userId}::uuid or r.owner_id is null)`;
  if (view === "mine") return Prisma.sql`and r.owner_id = ${userId}::uuid`;
  if (view === "unsure") return Prisma.sql`and r.class = 'unsure' and r.status <> 'done'`;
  return view === "done" ? Prisma.sql`and r.status = 'done'` : Prisma.empty;
}

function filters(input: ListRepliesInput): Prisma.Sql {
  const parts = [
    input.class && Prisma.sql`and r.class = ${input.class}`,
    input.campaignId && Prisma.sql`and r.campaign_id = ${input.campaignId}::uuid`,
    input.ownerId && Prisma.sql`and r.owner_id = ${input.ownerId}::uuid`,
    input.mailboxId && Prisma.sql`and r.mailbox_id = ${input.mailboxId}::uuid`,
    input.leadId && Prisma.sql`and r.lead_id = ${input.leadId}::uuid`,
    input.search && Prisma.sql`and r.id = any(array(select search_replies(${input.search}, ${MOST_HITS}::int)))`,
  ].filter((part) => part instanceof Prisma.Sql);
  return parts.length === 0 ? Prisma.empty : Prisma.join(parts, " ");
}

function toRow({ text, untilOn, readAt, ...row }: Row): ReplyRow {
  return {
    ...row,
    line: lastLine(text),
    isCommandLike: isCommandLike(text),
    untilOn: untilOn ? untilOn.toISOString().slice(0, 10) : null,
    isUnread: readAt === null,
  };
}
