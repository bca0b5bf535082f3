import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { ownedBy, type Viewer } from "#server/teams/queries.ts";
import { weekMeasures } from "../constants.ts";
import { reportRange } from "../domain/report-range.ts";
import { funnelKey, type ReportRow, type RowsInput, weekKey } from "../schema.ts";
import { flag, funnelPeople } from "./get-funnel.ts";
import { whose } from "./get-week.ts";
import { weekEvents } from "./week-events.ts";

/** Exactly the rows that a number counts, newest first. */
export async function listRows(tx: Tx, viewer: Viewer, input: RowsInput) {
  const { cursor, limit, ...filter } = input;
  const list = listName("report-rows", filter);
  const after = cursor ? openCursor(list, cursor, z.object({ at: z.string(), id: z.uuid() })) : null;
  const source = input.report === "week" ? await weekRows(tx, viewer, input) : await funnelRows(tx, viewer, input);
  const rows = await tx.$queryRaw<(ReportRow & { at: Date })[]>`
    select e.id, l.id as "leadId", d.id as "dealId", coalesce(l.full_name, d.title, 'Somebody') as name, a.name as company, s.grade, e.at,
      o.full_name as "ownerName", e.cents::double precision as cents
    from (${source}) e
    left join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = e.lead_id
    left join deals d on d.workspace_id = ${tx.workspaceId}::uuid and d.id = e.id
    left join accounts a on a.workspace_id = ${tx.workspaceId}::uuid and a.id = coalesce(l.account_id, d.account_id)
    left join lead_state s on s.workspace_id = ${tx.workspaceId}::uuid and s.id = l.id
    left join members o on o.workspace_id = ${tx.workspaceId}::uuid and o.user_id = e.owner_id
    where true ${after ? Prisma.sql`and (e.at, e.id) < (${new Date(after.at)}, ${after.id}::uuid)` : Prisma.empty}
    order by e.at desc, e.id desc limit ${limit + 1}`;
  const [count] = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total from (${source}) e`;
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const pipeline = await tx.pipeline.findFirst({ orderBy: { createdAt: "asc" }, select: { currency: true } });
  return {
    items,
    total: count?.total ?? 0,
    currency: pipeline?.currency ?? "EUR",
    ...(last && { nextCursor: sealCursor(list, { at: last.at.toISOString(), id: last.id }) }),
  };
}

async function weekRows(tx: Tx, viewer: Viewer, input: RowsInput): Promise<Prisma.Sql> {
  const key = weekKey.safeParse(input.measure).data;
  if (!key) throw new AppError("INVALID_INPUT", "The week has no such number.");
  const workspace = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { timeZone: true } });
  const range = reportRange(input, tx.now, workspace.timeZone);
  const owners = await whose(tx, viewer, input.ownerId);
  const events = Prisma.sql`select * from (${weekEvents(tx, key, range)}) w where true ${ownedBy(Prisma.sql`w.owner_id`, owners)}`;
  // A person who wrote twice is one person: their latest event stands for them.
  return weekMeasures[key].unit === "people"
    ? Prisma.sql`select distinct on (p.lead_id) p.lead_id as id, p.lead_id, p.owner_id, p.at, p.cents from (${events}) p order by p.lead_id, p.at desc`
    : Prisma.sql`select p.subject_id as id, p.lead_id, p.owner_id, p.at, p.cents from (${events}) p`;
}

async function funnelRows(tx: Tx, viewer: Viewer, input: RowsInput): Promise<Prisma.Sql> {
  const key = funnelKey.safeParse(input.measure).data;
  if (!key) throw new AppError("INVALID_INPUT", "The funnel has no such stage.");
  const people = await funnelPeople(tx, viewer, input);
  return Prisma.sql`
    select p.id, p.id as lead_id, l.owner_id, p.created_at as at, null::bigint as cents
    from (${people.sql}) p join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = p.id where ${flag(key)}`;
}
