import type { Tx } from "#server/core/db.ts";
import { unseal } from "#server/core/seal.ts";
import type { MailAccount, MailServer } from "#server/providers/mail-transport/port.ts";
import { REPLIES_READ_WITHIN_MS } from "#server/sending/domain/judge-claim.ts";
import { mailboxSecret, mailServerSettings } from "./schema.ts";

type Sealed = { id: string; smtp: unknown; imap: unknown; secret: Uint8Array | null };

/** The servers of one mailbox with their opened passwords; null for a mailbox of a pretend workspace. */
export function openServers(tx: Tx, row: Sealed): { smtp: MailServer; imap: MailServer } | null {
  if (!row.secret || !row.smtp || !row.imap) return null;
  const passwords = mailboxSecret.parse(
    JSON.parse(unseal(row.secret, { workspaceId: tx.workspaceId, table: "mailboxes", column: "secret", rowId: row.id })),
  );
  return {
    smtp: { ...mailServerSettings.parse(row.smtp), password: passwords.smtpPassword },
    imap: { ...mailServerSettings.parse(row.imap), password: passwords.imapPassword },
  };
}

/** What a transport needs of these mailboxes. Removed ones are answered too: the ledger refuses them itself. */
export async function mailAccounts(tx: Tx, mailboxIds: readonly string[]): Promise<Map<string, MailAccount>> {
  if (mailboxIds.length === 0) return new Map();
  const rows = await tx.mailbox.findMany({
    where: { id: { in: [...mailboxIds] } },
    select: { id: true, address: true, displayName: true, smtp: true, imap: true, secret: true },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { mailboxId: row.id, address: row.address, displayName: row.displayName, server: openServers(tx, row)?.smtp ?? null },
    ]),
  );
}

/** Whether answers would be seen: a mailbox that was not read for 15 minutes sends first mails only. A pretend one is always read. */
export function canReadReplies(mailbox: { kind: string; lastReadAt: Date | null }, now: Date): boolean {
  if (mailbox.kind === "sandbox") return true;
  return mailbox.lastReadAt !== null && now.getTime() - mailbox.lastReadAt.getTime() <= REPLIES_READ_WITHIN_MS;
}
