import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { ownedBy, type Viewer } from "#server/teams/queries.ts";
import { funnelKeys } from "../constants.ts";
import { openRange } from "../domain/report-range.ts";
import type { FunnelKey, ReportInput } from "../schema.ts";
import { whose } from "./get-week.ts";
import { isHumanReply } from "./week-events.ts";

/** How far the people who were added in this time have come until now. Every stage is its own truth, not a part of the one before. */
export async function getFunnel(tx: Tx, viewer: Viewer, input: ReportInput) {
  const people = await funnelPeople(tx, viewer, input);
  const columns = funnelKeys.flatMap((key, at) => {
    const before = funnelKeys[at - 1];
    const kept = before ? Prisma.sql`${flag(key)} and ${flag(before)}` : flag(key);
    return [
      Prisma.sql`(count(*) filter (where ${flag(key)}))::int as ${Prisma.raw(`"${key}"`)}`,
      Prisma.sql`(count(*) filter (where ${kept}))::int as ${Prisma.raw(`"${key}Kept"`)}`,
    ];
  });
  const [counts] = await tx.$queryRaw<Record<FunnelKey | `${FunnelKey}Kept`, number>[]>`
    select ${Prisma.join(columns, ", ")} from (${people.sql}) p`;
  const stages = funnelKeys.map((key) => ({ key, count: counts?.[key] ?? 0, kept: counts?.[`${key}Kept`] ?? 0 }));
  return { from: people.from, to: people.to, stages };
}

/** The flag column of a stage. Only keys of the closed list reach the statement. */
export function flag(key: FunnelKey): Prisma.Sql {
  return Prisma.raw(`p."${key}"`);
}

/** One row per person of the cohort with a flag per stage: read by the counts and by the rows that a count opens. */
export async function funnelPeople(
  tx: Tx,
  viewer: Viewer,
  input: ReportInput,
): Promise<{ sql: Prisma.Sql; from: Date | null; to: Date | null }> {
  const workspace = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { timeZone: true } });
  const { from, to } = openRange(input, workspace.timeZone);
  const owners = await whose(tx, viewer, input.ownerId);
  const here = Prisma.sql`${tx.workspaceId}::uuid`;
  // A few people are looked up one by one; of everybody, what happened is read at once.
  const isPart = from !== null || to !== null || owners !== null;
  const among = (leadId: Prisma.Sql) => (isPart ? Prisma.sql`and ${leadId} in (select id from cohort)` : Prisma.empty);
  const sql = Prisma.sql`
    with cohort as materialized (
      select l.id, l.created_at, (l.seniority is not null or l.job_function is not null or l.time_zone is not null) as enriched
      from leads l where l.workspace_id = ${here} and l.deleted_at is null ${ownedBy(Prisma.sql`l.owner_id`, owners)}
        ${from ? Prisma.sql`and l.created_at >= ${from}` : Prisma.empty} ${to ? Prisma.sql`and l.created_at < ${to}` : Prisma.empty})
    select k.id, k.created_at, true as imported, k.enriched,
      coalesce(s.grade in ('A', 'B'), false) as qualified, c.lead_id is not null as contacted, r.lead_id is not null as replied,
      (coalesce(r.interested, false) or m.lead_id is not null) as interested, m.lead_id is not null as meeting,
      d.lead_id is not null as deal, coalesce(d.won, false) as won
    from cohort k
    left join lead_state s on s.workspace_id = ${here} and s.id = k.id
    left join (select distinct m.lead_id from messages m
      where m.workspace_id = ${here} and m.purpose = 'campaign' and m.status = 'sent' ${among(Prisma.sql`m.lead_id`)}) c on c.lead_id = k.id
    left join (select r.lead_id, bool_or(r.class = 'interested') as interested from replies r
      where r.workspace_id = ${here} and ${isHumanReply} ${among(Prisma.sql`r.lead_id`)} group by 1) r on r.lead_id = k.id
    left join (select distinct m.lead_id from meetings m
      where m.workspace_id = ${here} and m.state <> 'cancelled' ${among(Prisma.sql`m.lead_id`)}) m on m.lead_id = k.id
    left join (select d.lead_id, bool_or(g.kind = 'won') as won from deals d join pipeline_stages g on g.workspace_id = ${here} and g.id = d.stage_id
      where d.workspace_id = ${here} and d.accepted_at is not null ${among(Prisma.sql`d.lead_id`)} group by 1) d on d.lead_id = k.id`;
  return { sql, from, to };
}
