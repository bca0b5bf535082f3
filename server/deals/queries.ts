import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer, whereOwner } from "#server/teams/queries.ts";
import type { DealBoard, DealFilter, DealRow, Stage } from "./schema.ts";
import { stageKind } from "./schema.ts";

const CARDS_PER_COLUMN = 60;
const MOST_HITS = 10_000;

const columns = Prisma.sql`
  d.id, d.title, d.pipeline_id as "pipelineId", d.stage_id as "stageId", s.name as "stageName", s.kind as "stageKind",
  d.stage_since as "stageSince", d.amount_cents::double precision as "amountCents", d.currency,
  to_char(d.close_on, 'YYYY-MM-DD') as "closeOn", d.next_step as "nextStep", to_char(d.next_on, 'YYYY-MM-DD') as "nextOn",
  d.accepted_at as "acceptedAt", d.closed_at as "closedAt", d.close_reason as "closeReason",
  d.owner_id as "ownerId", o.full_name as "ownerName", d.sourced_by_id as "sourcedById", sb.full_name as "sourcedByName",
  d.lead_id as "leadId", l.full_name as "leadName", d.account_id as "accountId", a.name as company,
  d.campaign_id as "campaignId", d.created_at as "createdAt"`;
const joins = Prisma.sql`
  join pipeline_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
  join members o on o.workspace_id = d.workspace_id and o.user_id = d.owner_id
  left join members sb on sb.workspace_id = d.workspace_id and sb.user_id = d.sourced_by_id
  left join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
  left join accounts a on a.workspace_id = d.workspace_id and a.id = coalesce(d.account_id, l.account_id)`;

export async function listPipelines(tx: Tx) {
  const items = await tx.pipeline.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, currency: true, stages: { orderBy: { position: "asc" } } },
  });
  return { items: items.map(({ stages, ...rest }) => ({ ...rest, stages: stages.map(readStage) })) };
}

/** One page of deals, newest change of stage first. */
export async function listDeals(tx: Tx, viewer: Viewer, input: DealFilter & { limit: number; cursor?: string | undefined }) {
  const { cursor, limit, ...filter } = input;
  const list = listName("deals", filter);
  const after = cursor ? openCursor(list, cursor, z.object({ at: z.string(), id: z.uuid() })) : null;
  const where = await dealWhere(tx, viewer, filter);
  const rows = await tx.$queryRaw<DealRow[]>`
    select ${columns} from deals d ${joins}
    where ${where} ${after ? Prisma.sql`and (d.stage_since, d.id) < (${new Date(after.at)}, ${after.id}::uuid)` : Prisma.empty}
    order by d.stage_since desc, d.id desc limit ${limit + 1}`;
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last && { nextCursor: sealCursor(list, { at: last.stageSince.toISOString(), id: last.id }) }) };
}

/** The board: every stage with its true count and sum, and its first cards. */
export async function getDealBoard(tx: Tx, viewer: Viewer, filter: Omit<DealFilter, "state" | "stageId">): Promise<DealBoard> {
  const pipeline = await tx.pipeline.findFirst({
    where: filter.pipelineId ? { id: filter.pipelineId } : {},
    orderBy: { createdAt: "asc" },
    include: { stages: { orderBy: { position: "asc" } } },
  });
  if (!pipeline) throw new AppError("NOT_FOUND", "This pipeline no longer exists.");
  const where = await dealWhere(tx, viewer, { ...filter, state: "all", pipelineId: pipeline.id });
  const sums = await tx.$queryRaw<{ stageId: string; count: number; sumCents: number }[]>`
    select d.stage_id as "stageId", count(*)::int as count,
      coalesce(sum(d.amount_cents) filter (where d.accepted_at is not null), 0)::double precision as "sumCents"
    from deals d ${joins} where ${where} group by 1`;
  const cards = await tx.$queryRaw<DealRow[]>`
    select card.* from pipeline_stages g cross join lateral (
      select ${columns} from deals d ${joins} where d.stage_id = g.id and ${where}
      order by d.stage_since desc, d.id desc limit ${CARDS_PER_COLUMN}) card
    where g.workspace_id = ${tx.workspaceId}::uuid and g.pipeline_id = ${pipeline.id}::uuid
    order by card."stageSince" desc, card.id desc`;
  return {
    pipelineId: pipeline.id,
    currency: pipeline.currency,
    now: tx.now,
    columns: pipeline.stages.map((each) => ({
      ...readStage(each),
      count: sums.find((sum) => sum.stageId === each.id)?.count ?? 0,
      sumCents: sums.find((sum) => sum.stageId === each.id)?.sumCents ?? 0,
      deals: cards.filter((card) => card.stageId === each.id),
    })),
  };
}

export async function getDeal(tx: Tx, viewer: Viewer, id: string) {
  const owners = await listVisibleOwners(tx, viewer);
  const [row] = await tx.$queryRaw<DealRow[]>`
    select ${columns} from deals d ${joins}
    where d.workspace_id = ${tx.workspaceId}::uuid and d.id = ${id}::uuid ${ownedBy(Prisma.sql`d.owner_id`, owners)}`;
  if (!row) throw new AppError("NOT_FOUND", "This deal no longer exists.");
  const history = await tx.$queryRaw<{ at: Date; fromStage: string | null; toStage: string; byName: string | null }[]>`
    select c.at, f.name as "fromStage", t.name as "toStage", m.full_name as "byName"
    from deal_stage_changes c
    join pipeline_stages t on t.workspace_id = c.workspace_id and t.id = c.to_stage_id
    left join pipeline_stages f on f.workspace_id = c.workspace_id and f.id = c.from_stage_id
    left join members m on m.workspace_id = c.workspace_id and m.user_id = c.by_id
    where c.workspace_id = ${tx.workspaceId}::uuid and c.deal_id = ${id}::uuid order by c.at desc, c.id desc limit 200`;
  const meetings = await tx.meeting.findMany({
    where: { dealId: id },
    orderBy: { startsAt: "desc" },
    take: 50,
    select: { id: true, title: true, startsAt: true, state: true, outcome: true },
  });
  const stages = await tx.pipelineStage.findMany({ where: { pipelineId: row.pipelineId }, orderBy: { position: "asc" } });
  return { ...row, history, meetings, stages: stages.map(readStage) };
}

/** For a change: the deal, if this person may see it. */
export async function requireDeal(tx: Tx, viewer: Viewer, id: string) {
  const owners = await listVisibleOwners(tx, viewer);
  const deal = await tx.deal.findFirst({ where: { id, ...whereOwner(owners) }, include: { stage: true } });
  if (!deal) throw new AppError("NOT_FOUND", "This deal no longer exists.");
  return deal;
}

async function dealWhere(tx: Tx, viewer: Viewer, filter: DealFilter): Promise<Prisma.Sql> {
  const owners = await listVisibleOwners(tx, viewer);
  const equal = (column: Prisma.Sql, id: string | undefined) => (id ? Prisma.sql`and ${column} = ${id}::uuid` : Prisma.empty);
  const state = {
    open: Prisma.sql`and d.closed_at is null`,
    won: Prisma.sql`and s.kind = 'won'`,
    lost: Prisma.sql`and s.kind = 'lost'`,
    all: Prisma.empty,
  }[filter.state];
  return Prisma.sql`d.workspace_id = ${tx.workspaceId}::uuid ${ownedBy(Prisma.sql`d.owner_id`, owners)} ${state}
    ${equal(Prisma.sql`d.owner_id`, filter.ownerId)} ${equal(Prisma.sql`d.pipeline_id`, filter.pipelineId)}
    ${equal(Prisma.sql`d.stage_id`, filter.stageId)} ${equal(Prisma.sql`d.lead_id`, filter.leadId)}
    ${found(filter.search)}`;
}

/** Every word, in any order: one may stand in the title, another be the person's or the company's name. */
function found(search = ""): Prisma.Sql {
  const words = search.split(/\s+/).filter((word) => word !== "");
  const parts = words.slice(0, 6).map((word) => Prisma.sql`and d.id = any(array(select search_deals(${word}, ${MOST_HITS}::int)))`);
  return parts.length > 0 ? Prisma.join(parts, " ") : Prisma.empty;
}

function readStage(row: { id: string; name: string; kind: string; position: number }): Stage {
  return { id: row.id, name: row.name, kind: stageKind.parse(row.kind), position: row.position };
}
