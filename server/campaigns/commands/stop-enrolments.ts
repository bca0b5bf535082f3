import type { Tx } from "#server/core/db.ts";
import { closeEnrolments } from "./close-enrolments.ts";

export type StopEnrolments = {
  leadId: string;
  /** in words, as shown: "Nadia answered", "Unsubscribed by link" */
  reason: string;
  status: "replied" | "stopped" | "given_up";
};

/**
 * Ends every campaign of one person in the caller's transaction: nothing of them is sent after its commit. Booked slots are
 * released, messages that were only reserved are cancelled. Idempotent. An answer after the last mail turns "finished" into "replied".
 */
export async function stopEnrolments(tx: Tx, input: StopEnrolments): Promise<{ enrolmentIds: string[] }> {
  return closeEnrolments(tx, { leadIds: [input.leadId], reason: input.reason, status: input.status });
}
