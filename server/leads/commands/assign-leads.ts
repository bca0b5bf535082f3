import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { recordActivities } from "#server/timeline/commands.ts";

/** Gives people to a colleague. Returns who changed, with the owner before. */
export async function assignLeads(
  tx: Tx,
  leadIds: readonly string[],
  ownerId: string,
  actorId: string | null,
): Promise<{ id: string; before: string }[]> {
  const owner = await tx.member.findFirst({ where: { userId: ownerId, removedAt: null }, select: { userId: true } });
  if (!owner) throw new AppError("INVALID_INPUT", "Choose an owner who is in this workspace.");
  const changed = await tx.$queryRaw<{ id: string; before: string }[]>`
    update leads l set owner_id = ${ownerId}::uuid, updated_at = ${tx.now}
    from (select id, owner_id from leads where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...leadIds]}::uuid[]) and owner_id <> ${ownerId}::uuid for update) old
    where l.workspace_id = ${tx.workspaceId}::uuid and l.id = old.id returning l.id, old.owner_id as before`;
  await recordActivities(
    tx,
    changed.map(({ id }) => ({ kind: "lead/assigned", leadId: id, actorId, detail: { ownerId } })),
  );
  if (changed.length > 0)
    await recordAudit(tx, {
      actorId,
      actorKind: "person",
      action: "lead/assigned",
      subjectType: "lead",
      subjectId: changed.length === 1 ? (changed[0]?.id ?? null) : null,
      fields: ["ownerId"],
    });
  return changed;
}
