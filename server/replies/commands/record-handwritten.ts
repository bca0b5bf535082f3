import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import type { ReceivedMail } from "../domain/mail.ts";
import type { VisibleText } from "../domain/visible-text.ts";
import { findLastThread, findThreadOf } from "../queries/find-conversation.ts";
import { openThread } from "./open-thread.ts";
import { dropSuggestion } from "./undo-actions.ts";

type Input = { inboundId: string; mailboxId: string; receivedAt: Date; mail: ReceivedMail; shown: Pick<VisibleText, "text" | "quoted"> };

const MOST_TEXT = 20_000;
/** Some servers give a mail that we handed over another Message-ID before they put it into Sent. */
const SAME_MAIL_MS = 15 * 60_000;

/**
 * A mail that one of us wrote to a lead in their own mail program: shown in the conversation, a touch, and the answer to what waited in
 * it. Null when it is none: to nobody we know, one that the ledger sent, or one that is recorded already.
 */
export async function recordHandwritten(tx: Tx, input: Input): Promise<string | null> {
  const { mail, mailboxId } = input;
  const lead = await addressee(tx, mail);
  if (!lead || (await isOurs(tx, input))) return null;
  const sentAt = mail.sentAt && mail.sentAt < input.receivedAt ? mail.sentAt : input.receivedAt;
  const from = mail.from?.address ?? "";
  const mailbox = await tx.mailbox.findFirst({ where: { address: from, removedAt: null }, select: { id: true, ownerId: true } });
  const member = await tx.member.findFirst({ where: { email: from }, select: { userId: true } });
  const authorId = member?.userId ?? mailbox?.ownerId ?? null;
  const home = mailbox?.id ?? mailboxId;
  const known = (await findThreadOf(tx, [...mail.inReplyTo, ...mail.references.toReversed()])) ?? (await findLastThread(tx, lead.id, home));
  const threadId = await openThread(tx, known, { leadId: lead.id, mailboxId: home, subject: mail.subject, at: sentAt });
  const id = newId();
  await tx.handwrittenMail.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      inboundId: input.inboundId,
      threadId,
      leadId: lead.id,
      mailboxId: home,
      authorId,
      fromAddress: from,
      toAddress: lead.email,
      subject: mail.subject,
      text: input.shown.text.slice(0, MOST_TEXT),
      quotedText: input.shown.quoted === "" ? null : input.shown.quoted,
      messageIdHeader: mail.messageId,
      sentAt,
    },
  });
  const about = { leadId: lead.id, accountId: lead.accountId, actorId: authorId };
  await recordActivity(tx, { ...about, kind: "message/sent-by-hand", detail: { handwrittenId: id, threadId }, occurredAt: sentAt });
  const answered = await closeAnswered(tx, { threadId, sentAt, authorId });
  for (const replyId of answered)
    await recordActivity(tx, { ...about, kind: "reply/answered", detail: { replyId, byHand: true }, occurredAt: sentAt });
  await closeTasks(tx, { leadId: lead.id, sentAt, authorId });
  await refreshLeadState(tx, [lead.id]);
  return id;
}

/** The first of the people it is for whom we know. */
async function addressee(tx: Tx, mail: ReceivedMail): Promise<{ id: string; email: string; accountId: string | null } | null> {
  const addresses = mail.to.map((to) => to.address);
  const leads = await tx.lead.findMany({
    where: { email: { in: addresses }, deletedAt: null },
    select: { id: true, email: true, accountId: true },
  });
  const email = addresses.find((address) => leads.some((lead) => lead.email === address));
  const lead = leads.find((one) => one.email === email);
  return lead && email ? { id: lead.id, email, accountId: lead.accountId } : null;
}

async function isOurs(tx: Tx, { mail, receivedAt }: Input): Promise<boolean> {
  if (mail.messageId) {
    const header = { messageIdHeader: mail.messageId };
    if (await tx.message.findFirst({ where: header, select: { id: true } })) return true;
    if (await tx.handwrittenMail.findFirst({ where: header, select: { id: true } })) return true;
  }
  const around = { gte: new Date(receivedAt.getTime() - SAME_MAIL_MS), lte: new Date(receivedAt.getTime() + SAME_MAIL_MS) };
  const twin = await tx.message.findFirst({
    where: { toAddress: { in: mail.to.map((to) => to.address) }, subject: mail.subject, sendingAt: around },
    select: { id: true },
  });
  return twin !== null;
}

/** What waited in this conversation has its answer: nothing is suggested any more. */
async function closeAnswered(tx: Tx, by: { threadId: string; sentAt: Date; authorId: string | null }): Promise<string[]> {
  const waiting = await tx.reply.findMany({
    where: { threadId: by.threadId, status: "needs_me", receivedAt: { lte: by.sentAt } },
    select: { id: true },
  });
  for (const { id } of waiting) {
    await tx.reply.updateMany({
      where: { id },
      data: { status: "done", doneAt: tx.now, doneById: by.authorId, answeredAt: by.sentAt, readAt: tx.now },
    });
    await dropSuggestion(tx, id);
  }
  return waiting.map((reply) => reply.id);
}

/** Tasks that ask for a mail to them, as far as they are due: new times after a meeting that did not happen, "write again" of today. */
async function closeTasks(tx: Tx, by: { leadId: string; sentAt: Date; authorId: string | null }): Promise<void> {
  await tx.$executeRaw`
    update tasks set status = 'done', done_at = ${tx.now}, done_by_id = ${by.authorId}::uuid
    where workspace_id = ${tx.workspaceId}::uuid and lead_id = ${by.leadId}::uuid and status = 'open' and created_at <= ${by.sentAt}
      and (kind = 'no_show' or cause_key like 'meeting:%:cancelled' or (cause_key like 'reply:%:later' and due_at <= ${by.sentAt}))`;
}
