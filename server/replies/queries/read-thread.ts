import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { TAKEN_BACK } from "../constants.ts";
import { isCommandLike } from "../domain/command-like.ts";
import { evidence, replyClass, type ThreadEntry } from "../schema.ts";
import type { FoundReply } from "./find-reply.ts";

const MOST_ENTRIES = 100;

/** Our mails and theirs in one conversation, oldest first. Texts only: no HTML of a stranger reaches the page. */
export async function readThread(tx: Tx, reply: Pick<FoundReply, "id" | "threadId">): Promise<ThreadEntry[]> {
  const where = reply.threadId ? { threadId: reply.threadId } : { id: reply.id };
  const theirs = await tx.reply.findMany({ where, orderBy: { receivedAt: "desc" }, take: MOST_ENTRIES });
  const ours = reply.threadId
    ? await tx.message.findMany({
        // A plan that moved shows nothing; an answer that was stopped does, with its words.
        where: {
          threadId: reply.threadId,
          OR: [{ status: { not: "cancelled" } }, { purpose: "reply", NOT: { reason: TAKEN_BACK } }],
        },
        orderBy: { reservedAt: "desc" },
        take: MOST_ENTRIES,
      })
    : [];
  const byHand = reply.threadId
    ? await tx.handwrittenMail.findMany({ where: { threadId: reply.threadId }, orderBy: { sentAt: "desc" }, take: MOST_ENTRIES })
    : [];
  const authors = await tx.member.findMany({
    where: { userId: { in: byHand.flatMap((one) => one.authorId ?? []) } },
    select: { userId: true, fullName: true },
  });
  const mailboxIds = [
    ...new Set([...[...ours, ...theirs, ...byHand].map((one) => one.mailboxId), ...theirs.flatMap((one) => one.alsoMailboxIds)]),
  ];
  const mailboxes = await tx.mailbox.findMany({
    where: { id: { in: mailboxIds } },
    select: { id: true, address: true, displayName: true },
  });
  const mailboxOf = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
  const entries: ThreadEntry[] = [
    ...theirs.map((one) => ({
      id: one.id,
      direction: "theirs" as const,
      from: one.fromName ? `${one.fromName} <${one.fromAddress}>` : one.fromAddress,
      to: mailboxOf.get(one.mailboxId)?.address ?? "",
      subject: one.subject,
      text: one.text,
      quotedText: one.quotedText,
      at: one.receivedAt,
      status: null,
      dueAt: null,
      class: replyClass.parse(one.class),
      evidence: z.array(evidence).parse(one.evidence),
      isCommandLike: isCommandLike(one.text),
      isByHand: false,
      alsoTo: one.alsoMailboxIds.flatMap((id) => mailboxOf.get(id)?.address ?? []),
    })),
    ...byHand.map((one) => ({
      id: one.id,
      direction: "ours" as const,
      from: authors.find((author) => author.userId === one.authorId)?.fullName ?? one.fromAddress,
      to: one.toAddress,
      subject: one.subject,
      text: one.text,
      quotedText: one.quotedText,
      at: one.sentAt,
      status: null,
      dueAt: null,
      class: null,
      evidence: [],
      isCommandLike: false,
      isByHand: true,
      alsoTo: [],
    })),
    ...ours.map((one) => ({
      id: one.id,
      direction: "ours" as const,
      from: mailboxOf.get(one.mailboxId)?.displayName || (mailboxOf.get(one.mailboxId)?.address ?? ""),
      to: one.toAddress,
      subject: one.subject,
      text: one.bodyText,
      quotedText: null,
      at: one.sentAt ?? one.dueAt,
      status: one.status,
      dueAt: one.dueAt,
      class: null,
      evidence: [],
      isCommandLike: false,
      isByHand: false,
      alsoTo: [],
    })),
  ];
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
