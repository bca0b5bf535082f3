import { atInstant, inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Services } from "#server/services.ts";
import { setDue } from "./due.ts";
import { type DueHandler, type DueRest, dueHandlers } from "./due-handlers.ts";

type DueRow = { kind: string; subjectId: string; version: string };

/** A handler that never clears what it was given would turn for ever; this many batches in one call is that bug. */
const MOST_BATCHES = 2_000;
const TRY_AGAIN_MS = 5 * 60 * 1_000;

/**
 * Looks at everything that is due in this workspace by its own clock, earliest first, until nothing is left. What was handled is removed in
 * the transaction that looks for more; a run that is cut off before it finds its rows again, which handlers allow.
 * Safe to run twice at once: handlers are idempotent.
 * @param whenIdle joins the transaction that found nothing left; when it moves the workspace's clock it answers the new instant, and what is
 * due then is taken in the same transaction
 * @returns how many subjects were handled
 */
export async function runDue(
  services: Services,
  workspaceId: WorkspaceId,
  options: {
    kind?: string;
    handlers?: Readonly<Record<string, DueHandler>>;
    shouldStop?: () => Promise<boolean>;
    whenIdle?: (tx: Tx) => Promise<Date | null>;
  } = {},
): Promise<number> {
  const handlers = options.handlers ?? dueHandlers;
  const kinds = options.kind ? [options.kind] : Object.keys(handlers);
  let handled = 0;
  let last: Handled | null = null;
  for (let round = 0; round < MOST_BATCHES; round++) {
    const before: Handled | null = last;
    const mayGoOn: boolean = !before || !(await options.shouldStop?.());
    const take = (begins: boolean) =>
      inWorkspace(workspaceId, async (tx): Promise<Batch | null> => {
        if (before) await removeHandled(tx, before);
        if (!mayGoOn) return null;
        const found = await takeBatch(tx, kinds, handlers, tx.now);
        if (!options.whenIdle) return found;
        const turned = found ? tx.now : await options.whenIdle(tx);
        const batch = found ?? (turned && (await takeBatch(tx, kinds, handlers, turned)));
        return begins && batch && turned ? begin(tx, batch, turned) : batch;
      });
    // Where the first part fails, the batch is taken without it and handled as everywhere.
    const batch = await take(true).catch((error: unknown) => (isRetryable(error) ? Promise.reject(error) : take(false)));
    if (!batch) return handled;
    last = { batch, failed: await handleAll(services, workspaceId, batch) };
    handled += batch.rows.length;
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
  const batch = await inWorkspace(workspaceId, (tx) => takeBatch(tx, kinds, handlers, tx.now));
  if (!batch) return 0;
  const failed = await handleAll(services, workspaceId, batch);
  await inWorkspace(workspaceId, (tx) => removeHandled(tx, { batch, failed }));
  logger.debug({ workspaceId, kind: batch.kind, count: batch.rows.length, failed: failed.size }, "due handled");
  return batch.rows.length;
}

async function takeBatch(
  tx: Tx,
  kinds: readonly string[],
  handlers: Readonly<Record<string, DueHandler>>,
  now: Date,
): Promise<Batch | null> {
  // xmin is the row's version: a setDue during the handling gives the row a new one, and it then stays.
  const rows = await tx.$queryRaw<DueRow[]>`
    select kind, subject_id as "subjectId", xmin::text as version from due
    where workspace_id = ${tx.workspaceId}::uuid and due_at <= ${now} and kind = (
      select kind from due where workspace_id = ${tx.workspaceId}::uuid and due_at <= ${now} and kind = any(${[...kinds]}::text[])
      order by due_at, kind limit 1)
    order by due_at, subject_id limit ${Math.max(...kinds.map((kind) => handlers[kind]?.batch ?? 0))}`;
  const kind = rows[0]?.kind ?? "";
  const handler = handlers[kind];
  return handler ? { handler, kind, rows: rows.slice(0, handler.batch) } : null;
}

/** At the instant to which the clock was turned in this transaction. */
async function begin(tx: Tx, batch: Batch, now: Date): Promise<Batch> {
  const rest = await batch.handler.begin?.(atInstant(tx, now), subjectsOf(batch));
  return rest ? { ...batch, rest } : batch;
}

const subjectsOf = (batch: Batch): string[] => batch.rows.map((row) => row.subjectId);
const isRetryable = (error: unknown): boolean => error instanceof AppError && error.isRetryable;

type Batch = { handler: DueHandler; kind: string; rows: DueRow[]; rest?: DueRest };
type Handled = { batch: Batch; failed: ReadonlySet<string> };

/** One subject that cannot be handled must not keep the others waiting: a failed batch is done again one by one. */
async function handleAll(services: Services, workspaceId: WorkspaceId, batch: Batch): Promise<Set<string>> {
  const subjectIds = subjectsOf(batch);
  try {
    await (batch.rest ? batch.rest(services, workspaceId) : batch.handler.handle(services, workspaceId, subjectIds));
    return new Set();
  } catch (error) {
    if (subjectIds.length === 1 || isRetryable(error)) throw error;
  }
  const failed = new Set<string>();
  for (const subjectId of subjectIds) {
    try {
      await batch.handler.handle(services, workspaceId, [subjectId]);
    } catch (error) {
      if (isRetryable(error)) throw error;
      logger.error({ err: error, workspaceId, kind: batch.kind, subjectId }, "this could not be handled; it is tried again later");
      failed.add(subjectId);
    }
  }
  return failed;
}

/** Away with what was handled, unless it became due anew meanwhile; what failed is looked at again later. */
async function removeHandled(tx: Tx, { batch, failed }: Handled): Promise<void> {
  const rows = batch.rows.filter((row) => !failed.has(row.subjectId));
  const [ids, versions] = [rows.map((row) => row.subjectId), rows.map((row) => row.version)];
  await tx.$executeRaw`
    delete from due d using unnest(${ids}::uuid[], ${versions}::text[]) as seen(subject_id, version)
    where d.workspace_id = ${tx.workspaceId}::uuid and d.kind = ${batch.kind} and d.subject_id = seen.subject_id and d.xmin::text = seen.version`;
  await postpone(tx, batch.kind, [...failed]);
}

async function postpone(tx: Tx, kind: string, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  await setDue(
    tx,
    subjectIds.map((subjectId) => ({ kind, subjectId, dueAt: new Date(tx.now.getTime() + TRY_AGAIN_MS) })),
  );
}

/** When something is due next in this workspace, by its own clock; null when nothing waits. Kinds without a handler do not count. */
export async function nextDueAt(tx: Tx): Promise<Date | null> {
  const kinds = Object.keys(dueHandlers);
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    select min(due_at) as at from due where workspace_id = ${tx.workspaceId}::uuid and kind = any(${kinds}::text[])`;
  return row?.at ?? null;
}
