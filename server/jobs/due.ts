import type { Tx } from "#server/core/db.ts";
import { sqlList } from "#server/core/sql-list.ts";

/** One row per thing that waits. Kinds are the keys of `dueHandlers` in server/jobs/due-handlers.ts. */
export type Due = { kind: string; subjectId: string; dueAt: Date };

/** Says when this subject must be looked at; replaces what was said before. Of two for one subject the last counts. */
export async function setDue(tx: Tx, due: Due | readonly Due[]): Promise<void> {
  const list = "kind" in due ? [due] : due;
  if (list.length === 0) return;
  const kinds = list.map((row) => row.kind);
  const subjects = sqlList(
    list.map((row) => row.subjectId),
    "uuid",
  );
  const instants = sqlList(
    list.map((row) => row.dueAt),
    "timestamptz",
  );
  await tx.$executeRaw`
    insert into due (workspace_id, kind, subject_id, due_at)
    select distinct on (kind, subject_id) ${tx.workspaceId}::uuid, kind, subject_id, due_at
    from unnest(${kinds}::text[], ${subjects}, ${instants}) with ordinality as d(kind, subject_id, due_at, place)
    order by kind, subject_id, place desc
    on conflict (workspace_id, kind, subject_id) do update set due_at = excluded.due_at`;
}

export async function clearDue(tx: Tx, kind: string, subjectId: string | readonly string[]): Promise<void> {
  const ids = typeof subjectId === "string" ? [subjectId] : [...subjectId];
  if (ids.length === 0) return;
  await tx.$executeRaw`delete from due where workspace_id = ${tx.workspaceId}::uuid and kind = ${kind} and subject_id = any(${ids}::uuid[])`;
}
