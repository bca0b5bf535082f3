import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { scoreLead } from "../domain/score-lead.ts";
import { listScorable, type ScorableLead } from "../queries/facts.ts";
import { findProfile } from "../queries/get-profile.ts";
import type { ProfileInput } from "../schema.ts";

const SLICE = 1_000;

/**
 * Scores these people under the current profile, in the transaction that changed a fact of theirs: a list never shows a grade that its
 * facts do not give. Writes only what changed, so a score keeps the version that made it.
 */
export async function scoreLeads(tx: Tx, leadIds: readonly string[]): Promise<number> {
  const profile = await findProfile(tx);
  if (!profile) return 0;
  let changed = 0;
  for (let from = 0; from < leadIds.length; from += SLICE) {
    const slice = await listScorable(tx, leadIds.slice(from, from + SLICE));
    changed += await writeScores(tx, slice, profile);
  }
  return changed;
}

export async function writeScores(tx: Tx, leads: readonly ScorableLead[], profile: ProfileInput & { version: number }): Promise<number> {
  if (leads.length === 0) return 0;
  const scores = leads.map((lead) => ({ id: lead.id, ...scoreLead(lead, profile) }));
  const rows = Prisma.sql`
    unnest(${scores.map((score) => score.id)}::uuid[], ${scores.map((score) => score.value)}::int[], ${scores.map((score) => score.grade)}::text[],
           ${scores.map((score) => JSON.stringify(score.contributions))}::text[]) as fresh(id, value, grade, contributions)`;
  const changed = await tx.$executeRaw`
    insert into lead_scores as s (lead_id, workspace_id, profile_version, value, grade, contributions, scored_at)
    select id, ${tx.workspaceId}::uuid, ${profile.version}, value, grade, contributions::jsonb, ${tx.now} from ${rows} order by id
    on conflict (lead_id) do update set profile_version = excluded.profile_version, value = excluded.value, grade = excluded.grade,
      contributions = excluded.contributions, scored_at = excluded.scored_at
    where (s.value, s.grade, s.contributions) is distinct from (excluded.value, excluded.grade, excluded.contributions)`;
  await tx.$executeRaw`
    update lead_state s set score = fresh.value, grade = fresh.grade from ${rows}
    where s.workspace_id = ${tx.workspaceId}::uuid and s.id = fresh.id and (s.score, s.grade) is distinct from (fresh.value, fresh.grade)`;
  return changed;
}
