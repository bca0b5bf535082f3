import { inWorkspace } from "#server/core/db.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Services } from "#server/services.ts";
import { type DueHandler, dueHandlers } from "./due-handlers.ts";

type DueRow = { kind: string; subjectId: string; version: string };

/** A handler that never clears what it was given would turn for ever; this many batches in one call is that bug. */
const MOST_BATCHES = 2_000;

/**
 * Looks at everything that is due in this workspace by its own clock, earliest first, until nothing is left.
 * Safe to run twice at once: handlers are idempotent.
 * @returns how many subjects were handled
 */
export async function runDue(
  services: Services,
  workspaceId: WorkspaceId,
  options: { kind?: string; handlers?: Readonly<Record<string, DueHandler>>; shouldStop?: () => Promise<boolean> } = {},
): Promise<number> {
  const handlers = options.handlers ?? dueHandlers;
  const kinds = options.kind ? [options.kind] : Object.keys(handlers);
  let handled = 0;
  for (let round = 0; round < MOST_BATCHES; round++) {
    const count = await runDueBatch(services, workspaceId, kinds, handlers);
    if (count === 0) return handled;
    handled += count;
    if (await options.shouldStop?.()) return handled;
  }
  throw new Error(`Something in this workspace stays due after it was handled (${kinds.join(", ")}).`);
}

/** One batch of the kind that has waited longest. Returns 0 when nothing is due. */
export async function runDueBatch(
  services: Services,
  workspaceId: WorkspaceId,
  kinds: readonly string[],
  handlers: Readonly<Record<string, DueHandler>> = dueHandlers,
): Promise<number> {
  const batch = await inWorkspace(workspaceId, async (tx) => {
    const [first] = await tx.$queryRaw<{ kind: string }[]>`
      select kind from due where workspace_id = ${workspaceId}::uuid and due_at <= ${tx.now} and kind = any(${[...kinds]}::text[])
      order by due_at, kind limit 1`;
    const handler = first && handlers[first.kind];
    if (!first || !handler) return null;
    // xmin is the row's version: a setDue during the handling gives the row a new one, and it then stays.
    const rows = await tx.$queryRaw<DueRow[]>`
      select kind, subject_id as "subjectId", xmin::text as version from due
      where workspace_id = ${workspaceId}::uuid and kind = ${first.kind} and due_at <= ${tx.now}
      order by due_at, subject_id limit ${handler.batch}`;
    return { handler, kind: first.kind, rows };
  });
  if (!batch) return 0;
  const subjectIds = batch.rows.map((row) => row.subjectId);
  await batch.handler.handle(services, workspaceId, subjectIds);
  const versions = batch.rows.map((row) => row.version);
  await inWorkspace(
    workspaceId,
    (tx) => tx.$executeRaw`
      delete from due d using unnest(${subjectIds}::uuid[], ${versions}::text[]) as seen(subject_id, version)
      where d.workspace_id = ${workspaceId}::uuid and d.kind = ${batch.kind} and d.subject_id = seen.subject_id and d.xmin::text = seen.version`,
  );
  logger.debug({ workspaceId, kind: batch.kind, count: subjectIds.length }, "due handled");
  return subjectIds.length;
}

/** When something is due next in this workspace, by its own clock; null when nothing waits. Kinds without a handler do not count. */
export async function nextDueAt(workspaceId: WorkspaceId): Promise<Date | null> {
  const kinds = Object.keys(dueHandlers);
  return inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
      select min(due_at) as at from due where workspace_id = ${workspaceId}::uuid and kind = any(${kinds}::text[])`;
    return row?.at ?? null;
  });
}
