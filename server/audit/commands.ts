import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { AuditInput } from "./schema.ts";

/** Append-only, in the transaction of the change itself. Ids and field names only. */
export async function recordAudit(tx: Tx, entry: AuditInput): Promise<void> {
  await tx.$executeRaw`
    insert into audit_entries (id, workspace_id, actor_id, actor_kind, action, subject_type, subject_id, fields)
    values (${newId()}::uuid, ${tx.workspaceId}::uuid, ${entry.actorId}::uuid, ${entry.actorKind}, ${entry.action}, ${entry.subjectType}, ${entry.subjectId}, ${entry.fields ?? []})`;
}
