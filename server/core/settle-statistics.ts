import { Prisma } from "#server/generated/prisma/client.ts";
import type { Tx } from "./db.ts";

/** Tables that are filled by the thousand. */
type Filled = "accounts" | "leads" | "lead_state" | "lead_search" | "observations" | "lead_list_members";
type Explained = { "QUERY PLAN": { Plan: { "Plan Rows": number } }[] };

/** A planner that is wrong by less still looks into an index. */
const FAR_TOO_FEW = 10;

/**
 * After many rows were written in one transaction. Of a workspace that it never counted the planner believes that a table holds one row, and
 * then compares each row with all others; where it believes so, the table is counted now, with the rows of this transaction. Autovacuum
 * would do it within minutes, and the rest of the work comes before.
 *
 * @param written how many rows of this workspace the table holds at least
 */
export async function settleStatistics(tx: Tx, table: Filled, written: number): Promise<void> {
  const [explained] = await tx.$queryRaw<Explained[]>`
    explain (format json) select from ${Prisma.raw(table)} where workspace_id = ${tx.workspaceId}::uuid`;
  const believed = explained?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
  if (believed * FAR_TOO_FEW < written) await tx.$executeRaw`select count_again(${table}::regclass)`;
}
