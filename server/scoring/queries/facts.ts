import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { Grade } from "#server/leads/constants.ts";
import type { LeadFacts } from "../domain/score-lead.ts";

export type ScorableLead = LeadFacts & { id: string; fullName: string; grade: Grade | null; score: number | null };

const SELECT = Prisma.sql`
  select l.id, l.full_name as "fullName", l.title, l.seniority, l.job_function as "function", coalesce(l.country, a.country) as country,
         a.name as company, a.domain, a.employees, a.industry, s.grade, s.score
  from leads l
  join lead_state s on s.workspace_id = l.workspace_id and s.id = l.id
  left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id`;

/** What scoring reads about these people. The columns are the winning facts. */
export function listScorable(tx: Tx, leadIds: readonly string[]): Promise<ScorableLead[]> {
  return tx.$queryRaw<ScorableLead[]>`${SELECT} where l.workspace_id = ${tx.workspaceId}::uuid and l.id = any(${[...leadIds]}::uuid[])`;
}

/** The next people in id order, for work that walks through everybody. */
export function listScorableAfter(tx: Tx, after: string | null, limit: number): Promise<ScorableLead[]> {
  return tx.$queryRaw<ScorableLead[]>`
    ${SELECT} where l.workspace_id = ${tx.workspaceId}::uuid and l.deleted_at is null
      ${after === null ? Prisma.empty : Prisma.sql`and l.id > ${after}::uuid`}
    order by l.id limit ${limit}`;
}
