import type { Tx } from "#server/core/db.ts";
import type { ReceivedMail } from "../domain/mail.ts";

/**
 * The reply that a copy of this mail became already: one mail to several of our mailboxes is one reply. Whoever reads the second copy
 * waits here for the first. The same id on another sender's mail is another mail.
 */
export async function findFirstCopy(tx: Tx, inboundId: string, mail: ReceivedMail): Promise<string | null> {
  if (!mail.messageId) return null;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspaceId}:${mail.messageId}`}, 4712))`;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select r.id from inbound_mails i join replies r on r.workspace_id = i.workspace_id and r.inbound_id = i.id
    where i.workspace_id = ${tx.workspaceId}::uuid and i.message_id_header = ${mail.messageId} and i.id <> ${inboundId}::uuid
      and r.from_address = ${mail.from?.address ?? ""} and r.subject = ${mail.subject} limit 1`;
  return row?.id ?? null;
}

/** Another mailbox of ours got it too. */
export async function noteCopy(tx: Tx, replyId: string, mailboxId: string): Promise<void> {
  await tx.$executeRaw`
    update replies set also_mailbox_ids = array_append(also_mailbox_ids, ${mailboxId}::uuid)
    where workspace_id = ${tx.workspaceId}::uuid and id = ${replyId}::uuid and mailbox_id <> ${mailboxId}::uuid
      and not ${mailboxId}::uuid = any(also_mailbox_ids)`;
}

/**
 * Which mailbox a reply belongs to, whichever copy is read first: the one whose mail it answers, when it is among the recipients; else the
 * first of ours that they wrote to; else the one that got it.
 */
export async function mailboxOfReply(tx: Tx, mail: ReceivedMail, answered: string | null, receivedIn: string): Promise<string> {
  const ours = await tx.mailbox.findMany({
    where: { address: { in: mail.to.map((to) => to.address) }, removedAt: null },
    select: { id: true, address: true },
  });
  if (answered && ours.some((mailbox) => mailbox.id === answered)) return answered;
  const first = mail.to.find((to) => ours.some((mailbox) => mailbox.address === to.address));
  return ours.find((mailbox) => mailbox.address === first?.address)?.id ?? receivedIn;
}
