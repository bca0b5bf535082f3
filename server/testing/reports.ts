import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";

/** A campaign mail that has left, through the ledger's own transitions. */
export async function testSentMail(
  tx: Tx,
  mail: { leadId: string; mailboxId: string; sentAt: Date; purpose?: "campaign" | "meeting" },
): Promise<string> {
  const { messageId } = await reserveMessage(tx, {
    purpose: mail.purpose ?? "campaign",
    dedupeKey: `test:${newId()}`,
    mailboxId: mail.mailboxId,
    to: "somebody@norvale.example",
    subject: "Month end",
    bodyText: "Hello",
    leadId: mail.leadId,
  });
  await tx.message.update({
    where: { id: messageId },
    data: { status: "sending", attempt: 1, sendingAt: mail.sentAt, leaseUntil: new Date(mail.sentAt.getTime() + 60_000), workerId: "test" },
  });
  await tx.message.update({ where: { id: messageId }, data: { status: "sent", sentAt: mail.sentAt, leaseUntil: null, workerId: null } });
  return messageId;
}

/** An answer as it stands after it was read. */
export async function testReply(
  tx: Tx,
  reply: {
    leadId: string;
    mailboxId: string;
    ownerId: string;
    receivedAt: Date;
    class: string;
    isAutomatic?: boolean;
    status?: string;
    answeredAt?: Date;
  },
): Promise<string> {
  const [id, inboundId, blobId] = [newId(), newId(), newId()];
  const { workspaceId } = tx;
  await tx.blob.create({
    data: { id: blobId, workspaceId, digest: id, bytes: 1n, mediaType: "message/rfc822", createdAt: reply.receivedAt },
  });
  await tx.inboundMail.create({
    data: { id: inboundId, workspaceId, mailboxId: reply.mailboxId, blobId, digest: id, receivedAt: reply.receivedAt, outcome: "reply" },
  });
  await tx.reply.create({
    data: {
      id,
      workspaceId,
      inboundId,
      mailboxId: reply.mailboxId,
      leadId: reply.leadId,
      ownerId: reply.ownerId,
      fromAddress: "nadia@norvale.example",
      subject: "Re: Month end",
      text: "Can you do Tuesday?",
      class: reply.class,
      evidence: [],
      confidence: 1,
      isAutomatic: reply.isAutomatic ?? false,
      classifiedBy: "rules",
      actions: [],
      status: reply.status ?? "needs_me",
      receivedAt: reply.receivedAt,
      answeredAt: reply.answeredAt ?? null,
    },
  });
  return id;
}
