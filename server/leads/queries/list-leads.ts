import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { type LeadFilter, type LeadRow, type ListLeadsInput, leadRow } from "../schema.ts";
import { LEAD_TABLES, leadWhere } from "./lead-filter.ts";

const COUNT_CAP = 10_000;

type Order = { by: Prisma.Sql; cast: Prisma.Sql; direction: Prisma.Sql; compare: Prisma.Sql; place: (row: LeadRow) => string | number };
const DOWN = { direction: Prisma.sql`desc`, compare: Prisma.sql`<` };
// CASE and not coalesce(): under row security only what cannot leak may become an index condition, and Postgres holds coalesce() for leaky.
export const SCORE = Prisma.sql`case when s.score is null then -1 else s.score end`;
export const ACTIVITY = Prisma.sql`case when s.last_activity_at is null then '1970-01-01 00:00:00+00'::timestamptz else s.last_activity_at end`;
const ORDERS: Record<ListLeadsInput["sort"], Order> = {
  grade: { ...DOWN, by: SCORE, cast: Prisma.sql`int`, place: (row) => row.score ?? -1 },
  recent: {
    ...DOWN,
    by: ACTIVITY,
    cast: Prisma.sql`timestamptz`,
    place: (row) => row.lastActivityAt?.toISOString() ?? "1970-01-01T00:00:00Z",
  },
  added: { ...DOWN, by: Prisma.sql`s.id`, cast: Prisma.sql`uuid`, place: (row) => row.id },
  name: {
    direction: Prisma.sql`asc`,
    compare: Prisma.sql`>`,
    by: Prisma.sql`l.full_name`,
    cast: Prisma.sql`text`,
    place: (row) => row.fullName,
  },
};

const place = z.object({ key: z.union([z.string(), z.number()]), id: z.uuid() });

/** One page, by row comparison, so that page 4,000 is as fast as page 1. */
export async function listLeads(tx: Tx, input: ListLeadsInput, viewer: Viewer): Promise<{ items: LeadRow[]; nextCursor?: string }> {
  const { cursor, limit, sort, ...filter } = input;
  const list = listName("leads", { ...filter, sort });
  const after = cursor ? openCursor(list, cursor, place) : null;
  const order = ORDERS[sort];
  const start = after
    ? Prisma.sql`and (${order.by}, s.id) ${order.compare} (${after.key}::${order.cast}, ${after.id}::uuid)`
    : Prisma.empty;
  const rows = await tx.$queryRaw<LeadRow[]>`
    select ${LEAD_COLUMNS} ${LEAD_TABLES} ${OWNER} ${await leadWhere(tx, filter, viewer)} ${start}
    order by ${order.by} ${order.direction}, s.id ${order.direction} limit ${limit + 1}`;
  const items = rows.slice(0, limit).map((row) => leadRow.parse(row));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last && { nextCursor: sealCursor(list, { key: order.place(last), id: last.id }) }) };
}

/** Exact to 10,000; beyond that, that it is more. */
export async function countLeads(tx: Tx, filter: LeadFilter, viewer: Viewer): Promise<{ count: number; isCapped: boolean }> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select 1 ${LEAD_TABLES} ${await leadWhere(tx, filter, viewer)} limit ${COUNT_CAP + 1}) matching`;
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNT_CAP), isCapped: count > COUNT_CAP };
}

/** The ids a selection means, for work over many. */
export async function listLeadIds(tx: Tx, filter: LeadFilter, except: readonly string[], viewer: Viewer): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select s.id ${LEAD_TABLES} ${await leadWhere(tx, filter, viewer)} and not (s.id = any(${[...except]}::uuid[])) order by s.id`;
  return rows.map((row) => row.id);
}

export const OWNER = Prisma.sql`join members m on m.workspace_id = l.workspace_id and m.user_id = l.owner_id`;
export const LEAD_COLUMNS = Prisma.sql`
  l.id, l.full_name as "fullName", l.email, l.email_status as "emailStatus", l.email_checked_at as "emailCheckedAt", l.title, l.account_id as "accountId",
  a.name as company, a.domain as "companyDomain", a.employees, coalesce(l.country, a.country) as country, l.time_zone as "timeZone", l.phone,
  l.owner_id as "ownerId", m.full_name as "ownerName", s.contact_state as state, s.reply_class as "replyClass", s.next_at as "nextAt",
  s.next_at is not null and exists (
    select 1 from enrolments e where e.workspace_id = l.workspace_id and e.lead_id = l.id and e.status in ('active', 'paused') and e.plan_kind = 'exact') as "isNextBooked",
  s.last_activity_at as "lastActivityAt", s.score, s.grade`;
