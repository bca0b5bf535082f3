import type { Tx } from "#server/core/db.ts";

export type SentStep = { enrolmentId: string; stepId: string; messageId: string; sentAt: Date };

/**
 * Called in the transaction that marks a message sent: the person moves to the next mail, after the working days between, or is
 * finished. Calling it again for the same step changes nothing.
 */
export async function advanceAfterSend(_tx: Tx, _sent: SentStep): Promise<void> {}
