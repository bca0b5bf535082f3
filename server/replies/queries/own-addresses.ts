import type { Tx } from "#server/core/db.ts";

/**
 * Addresses whose mail is ours, never an answer to us: connected mailboxes, and the people of this workspace. Somebody of ours who is also a
 * lead (a first try with oneself) answers as that lead, unless the mailbox is connected.
 */
export async function ownAddresses(tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ address: string }[]>`
    select lower(address) as address from mailboxes where workspace_id = ${tx.workspaceId}::uuid
    union
    select lower(m.email) from members m
    where m.workspace_id = ${tx.workspaceId}::uuid and m.removed_at is null
      and not exists (select 1 from leads l where l.workspace_id = ${tx.workspaceId}::uuid and l.email = lower(m.email) and l.deleted_at is null)`;
  return new Set(rows.map((row) => row.address));
}
