import type { Tx } from "#server/core/db.ts";
import type { Due } from "#server/jobs/due.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";
import { getDraftForStep } from "#server/writing/queries/get-draft-for-step.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import type { PersonRow } from "../queries/load-due-people.ts";
import { advanceAfterSend } from "./advance-after-send.ts";
import { releaseSlots } from "./release-slots.ts";

/** If the ledger never tells what became of the mail, we ask it ourselves after this long. */
const ASK_LEDGER_MS = 6 * 3_600_000;

/**
 * Hands the approved mail to the ledger, at most a minute before its booked instant. The ledger's key is the step's lineage and the
 * person, so whatever happens to this campaign's steps, the same mail reaches the same person once.
 */
export async function reserveStep(tx: Tx, row: PersonRow): Promise<Due | null> {
  if (!row.stepId || !row.mailboxId || !row.email || !row.draftId || !row.plannedAt) return null;
  const [draft] = await Promise.all([
    getDraftForStep(tx, { enrolmentId: row.id, stepId: row.stepId }),
    // The campaign's rules let what passes leave; nobody's name stands on it.
    row.draftState === "ready" &&
      tx.draft.updateMany({ where: { id: row.draftId, status: "ready" }, data: { status: "approved", approvedAt: tx.now } }),
  ]);
  if (!draft) return null;
  const reserved = await reserveMessage(tx, {
    purpose: "campaign",
    dedupeKey: `campaign:${row.stepLineageId}:${row.leadId}`,
    mailboxId: row.mailboxId,
    to: row.email,
    subject: draft.subject,
    bodyText: draft.bodyText,
    dueAt: new Date(Math.max(tx.now.getTime(), row.plannedAt.getTime())),
    leadId: row.leadId,
    enrolmentId: row.id,
    campaignId: row.campaignId,
    stepId: row.stepId,
    draftId: row.draftId,
    newThread: row.isNewThread,
    refusedBefore: row.enteredAt,
  });
  if (!reserved.isNew && reserved.status === "sent") {
    // They had this mail already, before the steps were edited: it counts, and they go on to the next.
    await releaseSlots(tx, [row.id]);
    await advanceAfterSend(tx, {
      enrolmentId: row.id,
      stepId: row.stepId,
      messageId: reserved.messageId,
      sentAt: row.lastSentAt ?? tx.now,
    });
    return null;
  }
  return { kind: ENROLMENT_DUE, subjectId: row.id, dueAt: new Date(tx.now.getTime() + ASK_LEDGER_MS) };
}
