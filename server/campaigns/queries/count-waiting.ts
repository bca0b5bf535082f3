import type { Tx } from "#server/core/db.ts";

/** People between the mail before and this one: they have had a mail, and wait. */
export const waitingFor = (stepId: string) => ({ stepId, status: { in: ["active", "paused"] }, lastSentAt: { not: null } });

export async function countWaiting(tx: Tx, stepId: string): Promise<number> {
  return tx.enrolment.count({ where: waitingFor(stepId) });
}
