import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { type AuditRow, auditActorKind, type ListAuditInput } from "./schema.ts";

const place = z.object({ at: z.string(), id: z.string() });

/** The newest entries first. Rows are small and indexed by (workspace, at), so row comparison pages them. */
export async function listAudit(tx: Tx, input: ListAuditInput): Promise<{ items: AuditRow[]; nextCursor?: string }> {
  const list = listName("audit", { actorId: input.actorId ?? null });
  const after = input.cursor ? openCursor(list, input.cursor, place) : null;
  const rows = await tx.$queryRaw<(Omit<AuditRow, "actorKind"> & { actorKind: string })[]>`
    select a.id, a.at, a.actor_kind as "actorKind", m.full_name as "actorName", a.action, a.subject_type as "subjectType",
      a.subject_id as "subjectId", a.fields, p.payload -> 'changes' as changes, a.seq is not null as "isSealed"
    from audit_entries a left join subject_payloads p on p.workspace_id = a.workspace_id and p.id = a.payload_id
    left join members m on m.workspace_id = ${tx.workspaceId}::uuid and m.user_id = a.actor_id
    where a.workspace_id = ${tx.workspaceId}::uuid
      ${input.actorId ? Prisma.sql`and a.actor_id = ${input.actorId}::uuid` : Prisma.empty}
      and (${after === null} or (a.at, a.id) < (${after?.at ?? "epoch"}::timestamptz, ${after?.id ?? "00000000-0000-0000-0000-000000000000"}::uuid))
    order by a.at desc, a.id desc
    limit ${input.limit + 1}`;
  const items = rows.slice(0, input.limit).map((row) => ({ ...row, actorKind: auditActorKind.parse(row.actorKind) }));
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return { items, ...(last && { nextCursor: sealCursor(list, { at: last.at.toISOString(), id: last.id }) }) };
}
