import type { Tx } from "#server/core/db.ts";

/** The conversation that these Message-IDs belong to, nearest first, whoever wrote them: the ledger, they, or one of us by hand. */
export async function findThreadOf(tx: Tx, messageIds: readonly string[]): Promise<string | null> {
  if (messageIds.length === 0) return null;
  const ids = [...messageIds];
  const rows = await tx.$queryRaw<{ header: string; threadId: string }[]>`
    select message_id_header as header, thread_id as "threadId" from messages
    where workspace_id = ${tx.workspaceId}::uuid and message_id_header = any(${ids}::text[]) and thread_id is not null
    union all
    select message_id_header, thread_id from handwritten_mails
    where workspace_id = ${tx.workspaceId}::uuid and message_id_header = any(${ids}::text[])
    union all
    select i.message_id_header, r.thread_id from inbound_mails i join replies r on r.workspace_id = i.workspace_id and r.inbound_id = i.id
    where i.workspace_id = ${tx.workspaceId}::uuid and i.message_id_header = any(${ids}::text[]) and r.thread_id is not null`;
  const first = ids.find((id) => rows.some((row) => row.header === id));
  return rows.find((row) => row.header === first)?.threadId ?? null;
}

/** The conversation that we had last with this person in this mailbox. */
export async function findLastThread(tx: Tx, leadId: string, mailboxId: string): Promise<string | null> {
  const thread = await tx.thread.findFirst({ where: { leadId, mailboxId }, orderBy: { lastAt: "desc" }, select: { id: true } });
  return thread?.id ?? null;
}
