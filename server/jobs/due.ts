import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

/** One row per thing that waits. Kinds are the keys of `dueHandlers` in server/jobs/due-handlers.ts. */
export type Due = { kind: string; subjectId: string; dueAt: Date };

/** Says when this subject must be looked at; replaces what was said before. */
export async function setDue(tx: Tx, due: Due | readonly Due[]): Promise<void> {
  const list = "kind" in due ? [due] : due;
  if (list.length === 0) return;
  const rows = list.map((row) => Prisma.sql`(${tx.workspaceId}::uuid, ${row.kind}, ${row.subjectId}::uuid, ${row.dueAt}::timestamptz)`);
  await tx.$executeRaw`
    insert into due (workspace_id, kind, subject_id, due_at) values ${Prisma.join(rows)}
    on conflict (workspace_id, kind, subject_id) do update set due_at = excluded.due_at`;
}

export async function clearDue(tx: Tx, kind: string, subjectId: string | readonly string[]): Promise<void> {
  const ids = typeof subjectId === "string" ? [subjectId] : [...subjectId];
  if (ids.length === 0) return;
  await tx.$executeRaw`delete from due where workspace_id = ${tx.workspaceId}::uuid and kind = ${kind} and subject_id = any(${ids}::uuid[])`;
}
