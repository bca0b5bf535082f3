import { randomBytes } from "node:crypto";
import { isAskedByKey, type Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { hashPayload } from "./domain/audit-line.ts";
import type { AuditInput } from "./schema.ts";

/** Append-only, in the transaction of the change itself. Ids and field names only; values go where they can be erased. */
export async function recordAudit(tx: Tx, entry: AuditInput): Promise<void> {
  // Said here, for all: a command that is reached by page and by key knows only whose name it acts in.
  const actorKind = entry.actorKind === "person" && isAskedByKey() ? "api_key" : entry.actorKind;
  const payload = entry.values ? await keepValues(tx, entry.values) : null;
  await tx.$executeRaw`
    insert into audit_entries (id, workspace_id, actor_id, actor_kind, action, subject_type, subject_id, fields, payload_id, payload_hash)
    values (${newId()}::uuid, ${tx.workspaceId}::uuid, ${entry.actorId}::uuid, ${actorKind}, ${entry.action}, ${entry.subjectType}, ${entry.subjectId},
      ${entry.fields ?? []}, ${payload?.id ?? null}::uuid, ${payload?.hash ?? null})`;
}

/** The salt goes with the values, so that the hash in the chain says nothing about somebody who was erased. */
async function keepValues(tx: Tx, { leadId, changes }: NonNullable<AuditInput["values"]>): Promise<{ id: string; hash: string }> {
  const id = newId();
  const payload = JSON.parse(JSON.stringify({ salt: randomBytes(16).toString("hex"), changes }));
  const hash = hashPayload(payload);
  await tx.subjectPayload.create({ data: { id, workspaceId: tx.workspaceId, leadId, payload, hash, createdAt: tx.now } });
  return { id, hash };
}
