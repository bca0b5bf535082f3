import type { Role } from "#server/auth/constants.ts";
import { findSuppression } from "#server/compliance/queries.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { clearDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { TAKEN_BACK, UNDO_SEND_MS } from "../constants.ts";
import { answerSubject } from "../domain/answer-subject.ts";
import { type FoundReply, requireReply } from "../queries/find-reply.ts";
import { readSuggestion } from "../queries/read-suggestion.ts";
import { dropSuggestion } from "./undo-actions.ts";

/** What a person asked for holds for answers too; that a company is a customer does not. */
const ALWAYS_HOLD: readonly string[] = ["opted_out", "complained", "erased", "legal", "bounced"];

/** No mail of these states will ever leave. */
const UNSENT = new Set(["cancelled", "failed"]);

type By = { userId: string; role: Role };
export type AnswerInput = { id: string; draftId?: string | undefined; text?: string | undefined };

/**
 * Answers a person: the suggestion as it is, or own words. It leaves through the ledger, from the mailbox that received the mail, in the same
 * conversation, ten seconds from now, so that it can be taken back. Pressed twice, it is one mail.
 */
export async function answerReply(tx: Tx, by: By, input: AnswerInput): Promise<{ messageId: string; leavesAt: Date }> {
  const reply = await requireReply(tx, by, input.id, { lock: true });
  await refuseWhilePaused(tx);
  const isTheirs = await refuseWhereNobodyReads(tx, reply);
  const { body, dedupeKey, subject } =
    input.text === undefined ? await approveSuggestion(tx, by, reply, input.draftId) : await ownWords(tx, reply, input.text);
  const leavesAt = new Date(tx.now.getTime() + UNDO_SEND_MS);
  const reserved = await reserveMessage(tx, {
    purpose: "reply",
    dedupeKey,
    mailboxId: reply.mailboxId,
    to: reply.fromAddress,
    subject,
    bodyText: body,
    dueAt: leavesAt,
    // An answer to somebody else who wrote in the conversation is not a mail to the person of the conversation.
    leadId: isTheirs ? reply.leadId : null,
    campaignId: reply.campaignId,
    draftId: input.text === undefined ? (input.draftId ?? null) : null,
    replyId: reply.id,
    threadId: reply.threadId,
  });
  if (!reserved.isNew) {
    const message = await tx.message.findFirstOrThrow({ where: { id: reserved.messageId }, select: { dueAt: true } });
    return { messageId: reserved.messageId, leavesAt: message.dueAt };
  }
  if (input.text !== undefined) await dropSuggestion(tx, reply.id);
  await tx.reply.updateMany({
    where: { id: reply.id },
    data: { status: "done", doneAt: tx.now, doneById: by.userId, answeredAt: tx.now, readAt: reply.readAt ?? tx.now },
  });
  await recordActivity(tx, {
    kind: "reply/answered",
    leadId: reply.leadId,
    campaignId: reply.campaignId,
    actorId: by.userId,
    detail: { replyId: reply.id, messageId: reserved.messageId },
  });
  return { messageId: reserved.messageId, leavesAt };
}

/** Within the ten seconds, or while the server puts it off: the mail does not leave, and the reply waits for an answer again. */
export async function takeBackAnswer(tx: Tx, by: By, input: { id: string }): Promise<{ id: string; says: string }> {
  const reply = await requireReply(tx, by, input.id, { lock: true });
  const waiting = await tx.$queryRaw<{ id: string; draftId: string | null }[]>`
    select id, draft_id as "draftId" from messages
    where workspace_id = ${tx.workspaceId}::uuid and reply_id = ${reply.id}::uuid and purpose = 'reply' and status in ('reserved', 'deferred')
    order by id for update`;
  if (waiting.length === 0) throw new AppError("INVALID_STATE", "It has already left.");
  const ids = waiting.map((row) => row.id);
  // The ledger knows no way from deferred to cancelled.
  await tx.message.updateMany({ where: { id: { in: ids }, status: "deferred" }, data: { status: "reserved" } });
  await tx.message.updateMany({
    where: { id: { in: ids }, status: "reserved" },
    data: { status: "cancelled", reason: TAKEN_BACK },
  });
  await clearDue(tx, "message", ids);
  const draftIds = waiting.flatMap((row) => row.draftId ?? []);
  await tx.draft.updateMany({
    where: { id: { in: draftIds }, status: "approved" },
    data: { status: "ready", approvedAt: null, approvedById: null },
  });
  await tx.reply.updateMany({ where: { id: reply.id }, data: { status: "needs_me", doneAt: null, doneById: null, answeredAt: null } });
  await recordActivity(tx, { kind: "mail/answer.taken-back", leadId: reply.leadId, actorId: by.userId, detail: { replyId: reply.id } });
  if (reply.leadId) await refreshLeadState(tx, [reply.leadId]);
  return { id: reply.id, says: "Not sent. Your words are kept." };
}

/** A suggestion that a person throws away. */
export async function discardSuggestion(tx: Tx, by: By, input: { id: string }): Promise<{ id: string; says: string }> {
  const reply = await requireReply(tx, by, input.id);
  await dropSuggestion(tx, reply.id);
  return { id: reply.id, says: "Suggestion discarded" };
}

/** In ten seconds it would come back all the same. */
async function refuseWhilePaused(tx: Tx): Promise<void> {
  const paused = await tx.workspace.count({ where: { id: tx.workspaceId, sendingPausedAt: { not: null } } });
  if (paused > 0) throw new AppError("INVALID_STATE", "All sending is paused, so no answer can leave. Send it again when sending resumes.");
}

/** True when the writer is the person of the conversation. */
async function refuseWhereNobodyReads(tx: Tx, reply: FoundReply): Promise<boolean> {
  if (reply.fromAddress === "" || reply.class === "bounce") throw new AppError("INVALID_STATE", "Nobody reads answers at that address.");
  const lead = reply.leadId ? await tx.lead.findFirst({ where: { id: reply.leadId }, select: { accountId: true, email: true } }) : null;
  const stop = await findSuppression(tx, { email: reply.fromAddress, accountId: lead?.accountId ?? null });
  if (stop && ALWAYS_HOLD.includes(stop.reason) && (stop.kind === "address" || stop.kind === "hash"))
    throw new AppError("INVALID_STATE", "They asked to be left alone, so no answer can be sent. See Do not contact for the rule.");
  return lead?.email === reply.fromAddress;
}

async function approveSuggestion(tx: Tx, by: By, reply: FoundReply, draftId: string | undefined) {
  if (!draftId) throw new AppError("INVALID_INPUT", "Write an answer first.");
  const suggestion = await readSuggestion(tx, { replyId: reply.id, draftId });
  if (!suggestion) throw new AppError("NOT_FOUND", "This suggestion was replaced. Look at the new one.");
  if (suggestion.findings.some((one) => one.blocking))
    throw new AppError("INVALID_STATE", "Something in this suggestion needs your look. Edit it, then send it.");
  await tx.draft.updateMany({
    where: { id: draftId, status: { in: ["ready", "needs_look"] } },
    data: { status: "approved", approvedAt: tx.now, approvedById: by.userId },
  });
  // One that was refused for good is no answer: sent again, it is another mail.
  const refused = await tx.message.count({ where: { draftId, purpose: "reply", status: "failed" } });
  const dedupeKey = refused === 0 ? `reply:${draftId}` : `reply:${draftId}-${refused + 1}`;
  return { body: suggestion.text, dedupeKey, subject: answerSubject(suggestion.subject || reply.subject) };
}

/** The same words pressed twice are one answer; other words are another. */
async function ownWords(tx: Tx, reply: FoundReply, text: string) {
  const earlier = await tx.message.findMany({
    where: { replyId: reply.id, purpose: "reply", draftId: null },
    select: { bodyText: true, dedupeKey: true, status: true },
  });
  const same = earlier.find((message) => message.bodyText === text && !UNSENT.has(message.status));
  return { body: text, dedupeKey: same?.dedupeKey ?? `reply:${reply.id}-${earlier.length + 1}`, subject: answerSubject(reply.subject) };
}
