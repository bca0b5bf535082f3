import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";

/** The known conversation, moved on to this moment, or a new one. */
export async function openThread(
  tx: Tx,
  known: string | null,
  mail: { leadId: string | null; mailboxId: string; subject: string; at: Date },
): Promise<string> {
  if (known) {
    await tx.$executeRaw`update threads set last_at = greatest(last_at, ${mail.at}) where workspace_id = ${tx.workspaceId}::uuid and id = ${known}::uuid`;
    return known;
  }
  const id = newId();
  const { leadId, mailboxId, subject } = mail;
  await tx.thread.create({ data: { id, workspaceId: tx.workspaceId, leadId, mailboxId, subject, createdAt: tx.now, lastAt: mail.at } });
  return id;
}
