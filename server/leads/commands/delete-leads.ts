import { recordAudit } from "#server/audit/commands.ts";
import { closeEnrolments } from "#server/campaigns/commands/close-enrolments.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import { recordActivities } from "#server/timeline/commands.ts";
import { refreshLeadState } from "./refresh-lead-state.ts";

/** Into the trash, for 30 days: nothing more is sent to them, and everything about them stays until then. Returns who went. */
export async function deleteLeads(tx: Tx, leadIds: readonly string[], actorId: string | null): Promise<string[]> {
  const gone = await tx.$queryRaw<{ id: string }[]>`
    update leads set deleted_at = ${tx.now}, updated_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...leadIds]}::uuid[]) and deleted_at is null returning id`;
  const ids = gone.map((row) => row.id);
  if (ids.length === 0) return [];
  await closeEnrolments(tx, { leadIds: ids, reason: "Deleted", status: "stopped", actorId });
  await cancelReserved(tx, { leadIds: ids, reason: "This person was deleted." });
  return record(tx, "lead/deleted", ids, actorId);
}

/** Back out of the trash. Campaigns that ended do not start again by themselves. */
export async function restoreLeads(tx: Tx, leadIds: readonly string[], actorId: string | null): Promise<string[]> {
  const back = await tx.$queryRaw<{ id: string }[]>`
    update leads set deleted_at = null, updated_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...leadIds]}::uuid[]) and deleted_at is not null and erased_at is null returning id`;
  return record(
    tx,
    "lead/restored",
    back.map((row) => row.id),
    actorId,
  );
}

async function record(tx: Tx, kind: "lead/deleted" | "lead/restored", ids: string[], actorId: string | null): Promise<string[]> {
  if (ids.length === 0) return ids;
  await refreshLeadState(tx, ids);
  await recordActivities(
    tx,
    ids.map((id) => ({ kind, leadId: id, actorId })),
  );
  await recordAudit(tx, {
    actorId,
    actorKind: actorId ? "person" : "agent",
    action: kind,
    subjectType: "lead",
    subjectId: ids.length === 1 ? (ids[0] ?? null) : null,
    fields: ["deletedAt"],
  });
  return ids;
}

/** For work that removes people for good (undoing an import): every row that hangs on them, then they themselves. */
export async function removeLeadRows(tx: Tx, leadIds: readonly string[]): Promise<number> {
  if (leadIds.length === 0) return 0;
  const these = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid and lead_id = any(${[...leadIds]}::uuid[])`;
  await tx.$executeRaw`delete from lead_search where ${these}`;
  await tx.$executeRaw`delete from lead_custom_values where ${these}`;
  await tx.$executeRaw`delete from lead_list_members where ${these}`;
  await tx.$executeRaw`delete from observations where workspace_id = ${tx.workspaceId}::uuid and subject_id = any(${[...leadIds]}::uuid[])`;
  return tx.$executeRaw`delete from leads where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...leadIds]}::uuid[])`;
}
