import { setTimeout } from "node:timers/promises";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { failPoint } from "#server/core/fail-point.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { importCheckRequested, importFinished, importRunRequested } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { advanceProgress, finishProgress, isCancelRequested } from "#server/progress/commands.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { loadStagedRows } from "./load-staged.ts";
import { clearStaged, IMPORT_DUE, LOOK_AGAIN_MS, lockImport, lockWriting, pageOf } from "./plan-import.ts";
import { stageFile } from "./stage-file.ts";

const LOAD_ROWS = 5_000;
/** Between two looks for a whole chunk while the file is still being read. */
const NEXT_LOOK_MS = 20;
type Deps = { blobs: BlobStore };
export type RunOutcome = "more" | "done";

/**
 * One stretch of an import that was started: the file is read into staging and, at the same time, what is staged is written into the
 * workspace. Reading is work of this process, writing of the database; neither waits for the other to finish.
 */
export async function importStretch(deps: Deps, workspaceId: WorkspaceId, importId: string, budgetMs?: number): Promise<RunOutcome> {
  let isReading = true;
  const reading = stageStretch(deps, workspaceId, importId, budgetMs).finally(() => {
    isReading = false;
  });
  const [read, written] = await Promise.all([reading, loadStretch(workspaceId, importId, () => isReading, budgetMs)]);
  return read === "done" && written === "done" ? "done" : "more";
}

/** One stretch of reading a file into staging. A file that cannot be read ends the import with the reason. */
export async function stageStretch(deps: Deps, workspaceId: WorkspaceId, importId: string, budgetMs?: number): Promise<RunOutcome> {
  try {
    return (await stageFile(deps, workspaceId, importId, budgetMs)) === "more" ? "more" : "done";
  } catch (error) {
    if (!(error instanceof AppError) || error.isRetryable) throw error;
    await inWorkspace(workspaceId, (tx) => endImport(tx, importId, "failed", error.message));
    return "done";
  }
}

/** The check is over: the counts can be shown. */
export async function finishCheck(workspaceId: WorkspaceId, importId: string): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const record = await lockImport(tx, importId);
    if (record.status !== "checking") return;
    if (record.progressId && (await isCancelRequested(tx, record.progressId))) {
      await tx.leadImport.updateMany({ where: { id: importId }, data: { status: "stored" } });
      await finishProgress(tx, { id: record.progressId, status: "cancelled", result: "Stopped. Nothing was written." });
    } else if (record.totalRows !== null) {
      await tx.leadImport.updateMany({ where: { id: importId }, data: { status: "ready" } });
      if (record.progressId)
        await finishProgress(tx, {
          id: record.progressId,
          result: `${record.totalRows.toLocaleString("en")} rows checked. Nothing was written yet.`,
        });
    } else return;
    await clearDue(tx, IMPORT_DUE, importId);
  });
}

/** One stretch of writing staged rows: each chunk, with its place and counts, is one transaction. */
async function loadStretch(workspaceId: WorkspaceId, importId: string, isReading: () => boolean, budgetMs = 8_000): Promise<RunOutcome> {
  const deadline = performance.now() + budgetMs;
  for (;;) {
    // Asked before the look, so that what the reader staged last is not missed.
    const mayCome = isReading();
    const outcome = await inWorkspace(workspaceId, (tx) => loadChunk(tx, importId));
    if (outcome === "done") return "done";
    if (outcome === "more") failPoint("import.rows-committed");
    else if (mayCome) await setTimeout(NEXT_LOOK_MS);
    else return "more";
    if (performance.now() > deadline) return "more";
  }
}

/** "wait": not a whole chunk is staged, and the file has not been read to its end. */
async function loadChunk(tx: Tx, importId: string): Promise<RunOutcome | "wait"> {
  await lockWriting(tx, importId);
  const record = await tx.leadImport.findFirst({ where: { id: importId } });
  if (record?.status !== "running") return "done";
  if (record.progressId && (await isCancelRequested(tx, record.progressId))) {
    await endImport(tx, importId, "cancelled", null);
    return "done";
  }
  const upTo = Math.min(record.loadedRow + LOAD_ROWS, record.rowOffset);
  if (record.totalRows === null && upTo - record.loadedRow < LOAD_ROWS) return "wait";
  if (record.totalRows !== null && record.loadedRow >= record.rowOffset) {
    await endImport(tx, importId, "done", null);
    return "done";
  }
  const counts = await loadStagedRows(tx, record, record.loadedRow, upTo);
  await tx.leadImport.updateMany({
    where: { id: importId },
    data: {
      loadedRow: upTo,
      created: { increment: counts.created },
      updated: { increment: counts.updated },
      skipped: { increment: counts.skipped },
      suppressed: { increment: counts.suppressed },
    },
  });
  if (record.progressId)
    await advanceProgress(tx, { id: record.progressId, done: Math.min(upTo, record.totalRows ?? upTo), total: record.totalRows });
  await setDue(tx, { kind: IMPORT_DUE, subjectId: importId, dueAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS) });
  failPoint("import.rows-written");
  return "more";
}

async function endImport(tx: Tx, importId: string, status: "done" | "cancelled" | "failed", error: string | null): Promise<void> {
  await tx.leadImport.updateMany({ where: { id: importId }, data: { status, error, finishedAt: tx.now } });
  const record = await tx.leadImport.findFirst({ where: { id: importId } });
  if (!record) return;
  const people = `${record.created.toLocaleString("en")} imported`;
  const result = {
    done: resultOf(record),
    cancelled: `Stopped: ${people}. It can go on where it stopped, or be undone.`,
    failed: error ?? "The import failed.",
  }[status];
  if (record.progressId) await finishProgress(tx, { id: record.progressId, status, result, link: pageOf(importId) });
  // What was staged for it is cleared away once it is done; a cancelled or failed one may go on.
  if (status === "done") await setDue(tx, { kind: IMPORT_DUE, subjectId: importId, dueAt: tx.now });
  else await clearDue(tx, IMPORT_DUE, importId);
  if (record.created + record.updated > 0) await emit(tx, importFinished.create({ workspaceId: tx.workspaceId, importId }));
}

function resultOf(record: { created: number; updated: number; failed: number }): string {
  const parts = [`${record.created.toLocaleString("en")} imported`];
  if (record.updated > 0) parts.push(`${record.updated.toLocaleString("en")} filled in`);
  if (record.failed > 0) parts.push(`${record.failed.toLocaleString("en")} rows have errors`);
  return `${parts.join(", ")}.`;
}

/** The whole run without a job engine around it: what the job does, step after step. */
export async function runImport(deps: Deps, workspaceId: WorkspaceId, importId: string): Promise<void> {
  while ((await importStretch(deps, workspaceId, importId)) === "more");
}

export async function runCheck(deps: Deps, workspaceId: WorkspaceId, importId: string): Promise<void> {
  while ((await stageStretch(deps, workspaceId, importId)) === "more");
  await finishCheck(workspaceId, importId);
}

/** Due: an import that should be running is asked for again (two runs of one do no harm), and what a done one staged is cleared away. */
export async function pickUpImports(_services: unknown, workspaceId: WorkspaceId, importIds: string[]): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const records = await tx.leadImport.findMany({
      where: { id: { in: importIds }, status: { in: ["checking", "running", "done"] } },
      select: { id: true, status: true },
    });
    for (const { id, status } of records) {
      if (status === "done") {
        await clearStaged(tx, id);
        continue;
      }
      const event = status === "checking" ? importCheckRequested : importRunRequested;
      await emit(tx, event.create({ workspaceId, importId: id }));
      await setDue(tx, { kind: IMPORT_DUE, subjectId: id, dueAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS) });
    }
  });
}
