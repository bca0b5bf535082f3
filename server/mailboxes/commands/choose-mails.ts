import type { Tx } from "#server/core/db.ts";
import type { MailHeaders } from "#server/providers/mail-inbox/port.ts";
import { ownAddresses } from "#server/replies/queries/own-addresses.ts";
import { settleByEvidence } from "#server/sending/commands/settle-message.ts";
import { messageIdsIn } from "../domain/message-ids.ts";

/**
 * Only mail that answers us, comes from a person in this workspace, or was written to one of them by one of us is looked at further.
 * What the ledger sent is ours already.
 */
export async function concerning(tx: Tx, headers: readonly MailHeaders[]): Promise<Set<bigint>> {
  const own = await ownAddresses(tx);
  const isOwn = (header: MailHeaders) => header.from !== null && own.has(header.from);
  const [ours, theirs] = [headers.filter(isOwn), headers.filter((header) => !isOwn(header))];
  const sent = await answeredByThem(tx, theirs);
  const people = await knownAmong(tx, [...theirs.flatMap((header) => header.from ?? []), ...ours.flatMap((header) => header.to)]);
  const ledger = await sentByLedger(
    tx,
    ours.flatMap((header) => header.messageId ?? []),
  );
  return new Set([
    ...theirs
      .filter((header) => header.answers.some((id) => sent.has(id)) || (header.from !== null && people.has(header.from)))
      .map((header) => header.uid),
    ...ours
      .filter((header) => header.to.some((address) => people.has(address)) && !ledger.has(header.messageId ?? ""))
      .map((header) => header.uid),
  ]);
}

/** A bounce often quotes no more than the header of our mail. */
export async function isReportOfOurs(tx: Tx, mailbox: { address: string }, source: Uint8Array): Promise<boolean> {
  const ids = messageIdsIn(source, mailbox.address.slice(mailbox.address.lastIndexOf("@") + 1));
  return ids.length > 0 && (await tx.message.count({ where: { messageIdHeader: { in: ids } } })) > 0;
}

async function answeredByThem(tx: Tx, theirs: readonly MailHeaders[]): Promise<Set<string>> {
  const answers = [...new Set(theirs.flatMap((header) => header.answers))];
  const sent = await tx.$queryRaw<{ id: string; header: string; status: string }[]>`
    select id, message_id_header as header, status from messages where workspace_id = ${tx.workspaceId}::uuid and message_id_header = any(${answers}::text[])`;
  // Somebody answered it: it arrived.
  for (const row of sent) if (row.status === "uncertain") await settleByEvidence(tx, { messageId: row.id, shows: "sent", by: "answered" });
  const byHand = await tx.handwrittenMail.findMany({ where: { messageIdHeader: { in: answers } }, select: { messageIdHeader: true } });
  return new Set([...sent.map((row) => row.header), ...byHand.flatMap((mail) => mail.messageIdHeader ?? [])]);
}

async function knownAmong(tx: Tx, addresses: readonly string[]): Promise<Set<string | null>> {
  const leads = await tx.lead.findMany({ where: { email: { in: [...new Set(addresses)] }, deletedAt: null }, select: { email: true } });
  return new Set(leads.map((lead) => lead.email));
}

async function sentByLedger(tx: Tx, messageIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.message.findMany({ where: { messageIdHeader: { in: [...messageIds] } }, select: { messageIdHeader: true } });
  return new Set(rows.map((row) => row.messageIdHeader));
}
