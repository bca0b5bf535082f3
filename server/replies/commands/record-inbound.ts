import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { recordDecision } from "#server/decisions/commands.ts";
import { clearDue } from "#server/jobs/due.ts";
import { replyClassified } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { takeCalendarAnswer } from "#server/meetings/commands/take-calendar-answer.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { CLASSIFIER_VERSION, INBOUND_DUE } from "../constants.ts";
import { type ActionPlan, actionsFor } from "../domain/actions-for.ts";
import type { Classification } from "../domain/classify-reply.ts";
import type { ReceivedMail } from "../domain/mail.ts";
import type { MailReading } from "../domain/read-mail.ts";
import { findLastThread } from "../queries/find-conversation.ts";
import type { DoneAction, ProcessedResult } from "../schema.ts";
import type { ReadReply } from "./classify-mail.ts";
import { findFirstCopy, mailboxOfReply, noteCopy } from "./note-copy.ts";
import { openThread } from "./open-thread.ts";
import { recordHandwritten } from "./record-handwritten.ts";
import { recordMailEvent, wornOutBecause } from "./record-mail-event.ts";
import { refreshAfterActions, takeActions } from "./take-actions.ts";

/** `keepsSource`: the mail itself stays stored; what is not about us is kept nowhere. */
type Recorded = ProcessedResult & { keepsSource: boolean };
export type InboundRecord = { inboundId: string; mail: ReceivedMail; reading: MailReading; read: ReadReply };

/** Reply, thread, timeline, decision and actions in one transaction. The lock on the stored mail makes a second run wait, then see the first. */
export async function recordInbound(tx: Tx, input: InboundRecord): Promise<Recorded> {
  const [locked] = await tx.$queryRaw<
    { mailboxId: string; receivedAt: Date; processedAt: Date | null; outcome: string | null; messageIdHeader: string | null }[]
  >`
    select mailbox_id as "mailboxId", received_at as "receivedAt", processed_at as "processedAt", outcome, message_id_header as "messageIdHeader"
    from inbound_mails where workspace_id = ${tx.workspaceId}::uuid and id = ${input.inboundId}::uuid for update`;
  if (!locked) return { inboundId: input.inboundId, outcome: "failed", replyId: null, keepsSource: true };
  if (locked.processedAt) {
    const reply = await tx.reply.findFirst({ where: { inboundId: input.inboundId }, select: { id: true } });
    const outcome = (locked.outcome ?? "failed") as ProcessedResult["outcome"];
    return { inboundId: input.inboundId, outcome, replyId: reply?.id ?? null, keepsSource: true };
  }
  const kind = outcomeOf(input);
  const first = kind === "own" || kind === "ignored" ? null : await findFirstCopy(tx, input.inboundId, input.mail);
  const outcome = first ? "copy" : kind;
  // Person first, then enrolments and messages: the order in which a mail about to leave takes its locks.
  const people = [input.read.context.lead?.id, input.read.context.match.authorLeadId].filter((id) => typeof id === "string");
  await tx.$queryRaw`select id from leads where workspace_id = ${tx.workspaceId}::uuid and id = any(${people}::uuid[]) order by id for no key update`;
  const { replyId, keepsSource } = await record();
  await tx.inboundMail.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: input.inboundId } },
    data: { processedAt: tx.now, outcome, messageIdHeader: input.mail.messageId ?? locked.messageIdHeader },
  });
  await clearDue(tx, INBOUND_DUE, input.inboundId);
  return { inboundId: input.inboundId, outcome, replyId, keepsSource };

  async function record(): Promise<{ replyId: string | null; keepsSource: boolean }> {
    const stored = locked ?? { mailboxId: "", receivedAt: tx.now };
    if (outcome === "ignored") return { replyId: null, keepsSource: false };
    if (first) {
      await noteCopy(tx, first, stored.mailboxId);
      return { replyId: first, keepsSource: false };
    }
    if (outcome !== "own") return { replyId: await recordReply(tx, input, stored), keepsSource: true };
    // A machine that answers in our name (an absence note) wrote nothing by hand.
    const isByHand = input.reading.signals.automatic === null;
    const { mail, read } = input;
    const handwritten = isByHand
      ? await recordHandwritten(tx, { ...stored, inboundId: input.inboundId, mail, shown: { text: read.text, quoted: read.quoted } })
      : null;
    return { replyId: null, keepsSource: handwritten !== null };
  }
}

function outcomeOf({ reading, read }: InboundRecord): ProcessedResult["outcome"] {
  if (reading.kind === "own") return "own";
  if (read.context.match.by === "none") return "ignored";
  if (reading.kind === "bounce") return "bounce";
  return read.isAutomatic && reading.kind !== "complaint" ? "automatic" : "reply";
}

async function recordReply(tx: Tx, input: InboundRecord, stored: { mailboxId: string; receivedAt: Date }): Promise<string> {
  const { mail, reading, read } = input;
  const { lead, message, match } = read.context;
  const replyId = newId();
  const mailboxId = await mailboxOfReply(tx, mail, read.context.answeredMailboxId, stored.mailboxId);
  const mailbox = await tx.mailbox.findFirst({ where: { id: mailboxId }, select: { ownerId: true } });
  const ownerId = lead?.ownerId ?? mailbox?.ownerId ?? null;
  const known = read.context.threadId ?? (lead ? await findLastThread(tx, lead.id, mailboxId) : null);
  const threadId = await openThread(tx, known, { leadId: lead?.id ?? null, mailboxId, subject: mail.subject, at: stored.receivedAt });
  await recordMailEvent(tx, input, stored.receivedAt);
  const wornOut = await wornOutBecause(tx, read);
  const taken = reading.kind === "calendar_answer" ? await takeCalendarAnswer(tx, reading.answer) : null;
  const classification: Classification =
    taken && read.classification.class === "unsure" ? { ...read.classification, class: "other" } : read.classification;
  // A meeting of ours knows what to do with its calendar's answer; the rules for mails have nothing to add.
  const plan: ActionPlan = taken
    ? { kinds: [], status: "none" }
    : actionsFor(classification.class, {
        hasLead: lead !== null,
        hasReferral: classification.referral !== null,
        hasUntil: classification.untilOn !== null,
        author: match.author,
        mayAnswer: read.noAnswerBecause === null && reading.kind !== "calendar_answer",
        isAddressBad: read.isHardBounce || wornOut !== null,
      });
  const answered: DoneAction[] = taken
    ? [{ kind: "calendar_answer", ref: taken.meetingId, label: taken.says, undo: false, undoneAt: null, ids: {} }]
    : [];
  await tx.reply.create({
    data: {
      id: replyId,
      workspaceId: tx.workspaceId,
      inboundId: input.inboundId,
      threadId,
      messageId: message?.id ?? null,
      leadId: lead?.id ?? null,
      mailboxId,
      alsoMailboxIds: stored.mailboxId === mailboxId ? [] : [stored.mailboxId],
      campaignId: message?.campaignId ?? null,
      enrolmentId: message?.enrolmentId ?? null,
      ownerId,
      fromAddress: mail.from?.address ?? "",
      fromName: mail.from?.name || null,
      subject: mail.subject,
      text: read.text,
      quotedText: read.quoted === "" ? null : read.quoted,
      class: classification.class,
      evidence: classification.evidence,
      confidence: classification.confidence,
      untilOn: classification.untilOn ? new Date(`${classification.untilOn}T00:00:00Z`) : null,
      ...(classification.referral && { referral: classification.referral }),
      isAutomatic: read.isAutomatic,
      classifiedBy: read.classifiedBy,
      actions: answered,
      status: plan.status,
      noAnswerBecause: read.noAnswerBecause,
      receivedAt: stored.receivedAt,
    },
  });
  await recordActivity(tx, {
    kind: reading.kind === "bounce" ? "mail/bounced" : read.isAutomatic ? "mail/automatic" : "reply/received",
    leadId: lead?.id ?? null,
    accountId: lead?.accountId ?? null,
    campaignId: message?.campaignId ?? null,
    detail: { replyId, class: classification.class, messageId: message?.id ?? null },
    occurredAt: stored.receivedAt,
  });
  await recordDecision(tx, {
    kind: "classification",
    subjectType: "reply",
    subjectId: replyId,
    leadId: lead?.id ?? null,
    rule: read.classifiedBy === "model" ? `model ${read.model ?? ""}`.trim() : "reply rules",
    version: CLASSIFIER_VERSION,
    result: {
      class: classification.class,
      confidence: classification.confidence,
      untilOn: classification.untilOn,
      matchedBy: match.by,
      kind: reading.kind,
    },
    payload: { evidence: classification.evidence, referral: classification.referral, today: read.context.today },
  });
  if (lead && ownerId) {
    const subject = {
      lead,
      author: {
        address: reading.kind === "bounce" || reading.kind === "complaint" ? "" : (mail.from?.address ?? ""),
        leadId: match.authorLeadId,
      },
    };
    const actions = await takeActions(
      tx,
      {
        ...subject,
        replyId,
        class: classification.class,
        campaignId: message?.campaignId ?? null,
        ownerId,
        untilOn: classification.untilOn,
        referral: classification.referral,
        bouncedBecause: wornOut,
        stopReason: reading.kind === "complaint" && reading.complaint.feedback !== "opt-out" ? "complained" : "opted_out",
        today: read.context.today,
        isWorkingDay: read.context.isWorkingDay,
      },
      plan.kinds,
    );
    await tx.reply.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id: replyId } },
      data: { actions: [...answered, ...actions] },
    });
    await refreshAfterActions(tx, subject);
  }
  await emit(tx, replyClassified.create({ workspaceId: tx.workspaceId, replyId }, { id: `reply-classified:${replyId}` }));
  return replyId;
}
