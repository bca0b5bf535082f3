import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";

export async function createList(tx: Tx, input: { name: string; createdById: string }): Promise<{ id: string }> {
  const id = newId();
  await tx.leadList.create({
    data: { id, workspaceId: tx.workspaceId, name: input.name, createdById: input.createdById, createdAt: tx.now },
  });
  return { id };
}

/** Returns who was not on it before. */
export async function addToList(tx: Tx, listId: string, leadIds: readonly string[]): Promise<string[]> {
  const list = await tx.leadList.findFirst({ where: { id: listId }, select: { id: true } });
  if (!list) throw new AppError("NOT_FOUND", "This list no longer exists.");
  const added = await tx.$queryRaw<{ leadId: string }[]>`
    insert into lead_list_members (workspace_id, list_id, lead_id, added_at)
    select ${tx.workspaceId}::uuid, ${listId}::uuid, l.id, ${tx.now} from leads l where l.workspace_id = ${tx.workspaceId}::uuid and l.id = any(${[...leadIds]}::uuid[])
    on conflict do nothing returning lead_id as "leadId"`;
  return added.map((row) => row.leadId);
}

export async function removeFromList(tx: Tx, listId: string, leadIds: readonly string[]): Promise<void> {
  await tx.leadListMember.deleteMany({ where: { listId, leadId: { in: [...leadIds] } } });
}
