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
import type { DoneAction, ProcessedResult } from "../schema.ts";
import type { ReadReply } from "./classify-mail.ts";
import { refreshAfterActions, takeActions } from "./take-actions.ts";

export type InboundRecord = { inboundId: string; mail: ReceivedMail; reading: MailReading; read: ReadReply };

/** Reply, thread, timeline, decision and actions in one transaction. The lock on the stored mail makes a second run wait, then see the first. */
export async function recordInbound(tx: Tx, input: InboundRecord): Promise<ProcessedResult> {
  const [locked] = await tx.$queryRaw<
    { mailboxId: string; receivedAt: Date; processedAt: Date | null; outcome: string | null; messageIdHeader: string | null }[]
  >`
    select mailbox_id as "mailboxId", received_at as "receivedAt", processed_at as "processedAt", outcome, message_id_header as "messageIdHeader"
    from inbound_mails where workspace_id = ${tx.workspaceId}::uuid and id = ${input.inboundId}::uuid for update`;
  if (!locked) return { inboundId: input.inboundId, outcome: "failed", replyId: null };
  if (locked.processedAt) {
    const reply = await tx.reply.findFirst({ where: { inboundId: input.inboundId }, select: { id: true } });
    return { inboundId: input.inboundId, outcome: (locked.outcome ?? "failed") as ProcessedResult["outcome"], replyId: reply?.id ?? null };
  }
  const outcome = outcomeOf(input);
  // Person first, then enrolments and messages: the order in which a mail about to leave takes its locks.
  const people = [input.read.context.lead?.id, input.read.context.match.authorLeadId].filter((id) => typeof id === "string");
  await tx.$queryRaw`select id from leads where workspace_id = ${tx.workspaceId}::uuid and id = any(${people}::uuid[]) order by id for no key update`;
  const replyId = outcome === "own" || outcome === "ignored" ? null : await recordReply(tx, input, locked);
  await tx.inboundMail.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: input.inboundId } },
    data: { processedAt: tx.now, outcome, messageIdHeader: input.mail.messageId ?? locked.messageIdHeader },
  });
  await clearDue(tx, INBOUND_DUE, input.inboundId);
  return { inboundId: input.inboundId, outcome, replyId };
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
  const mailbox = await tx.mailbox.findFirst({ where: { id: stored.mailboxId }, select: { ownerId: true } });
  const ownerId = lead?.ownerId ?? mailbox?.ownerId ?? null;
  const threadId = await threadFor(tx, input, stored);
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
        isHardBounce: read.isHardBounce,
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
      mailboxId: stored.mailboxId,
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
  await recordMailEvent(tx, input, stored.receivedAt);
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

/** The conversation of the message that it answers; else the one we have with that person in this mailbox; else a new one. */
async function threadFor(tx: Tx, input: InboundRecord, stored: { mailboxId: string; receivedAt: Date }): Promise<string> {
  const { message, lead } = input.read.context;
  const known =
    message?.threadId ??
    (lead
      ? (
          await tx.thread.findFirst({
            where: { leadId: lead.id, mailboxId: stored.mailboxId },
            orderBy: { lastAt: "desc" },
            select: { id: true },
          })
        )?.id
      : undefined);
  if (known) {
    await tx.$executeRaw`update threads set last_at = greatest(last_at, ${stored.receivedAt}) where workspace_id = ${tx.workspaceId}::uuid and id = ${known}::uuid`;
    return known;
  }
  const id = newId();
  await tx.thread.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      leadId: lead?.id ?? null,
      mailboxId: stored.mailboxId,
      subject: input.mail.subject,
      createdAt: tx.now,
      lastAt: stored.receivedAt,
    },
  });
  return id;
}

/** Bounces and complaints count for the mailbox's health, once per mail of ours and report. */
async function recordMailEvent(tx: Tx, input: InboundRecord, occurredAt: Date): Promise<void> {
  const { reading, read } = input;
  const isFailed = reading.kind === "bounce" && reading.bounce.outcome === "failed";
  if (!isFailed && reading.kind !== "complaint") return;
  const messageId = read.context.message?.id ?? null;
  const kind = isFailed ? "bounced" : "complained";
  const key = `${kind}:${messageId ?? input.inboundId}:${read.isHardBounce ? "hard" : "soft"}`;
  const { count } = await tx.ingestKey.createMany({
    data: [{ workspaceId: tx.workspaceId, key, createdAt: tx.now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  await tx.mailEvent.create({
    data: {
      id: newId(),
      workspaceId: tx.workspaceId,
      messageId,
      leadId: read.context.lead?.id ?? null,
      kind,
      isHuman: reading.kind === "complaint",
      detail: isFailed
        ? { hardness: read.isHardBounce ? "hard" : "soft" }
        : { feedback: reading.kind === "complaint" ? reading.complaint.feedback : "" },
      occurredAt,
    },
  });
}
