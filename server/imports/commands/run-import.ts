import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { importCheckRequested, importRunRequested } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { finishProgress, isCancelRequested } from "#server/progress/commands.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { endImport } from "./end-import.ts";
import { clearStaged, IMPORT_DUE, LOOK_AGAIN_MS, lockImport } from "./plan-import.ts";
import { stageFile } from "./stage-file.ts";
import { type RunOutcome, writeStretch } from "./write-chunks.ts";

type Deps = { blobs: BlobStore };

/**
 * One stretch of an import that was started: the file is read into staging and, at the same time, what is staged is written into the
 * workspace. Reading is work of this process, writing of the database; neither waits for the other to finish.
 */
export async function importStretch(deps: Deps, workspaceId: WorkspaceId, importId: string, budgetMs?: number): Promise<RunOutcome> {
  let isReading = true;
  const reading = stageStretch(deps, workspaceId, importId, budgetMs).finally(() => {
    isReading = false;
  });
  const [read, written] = await Promise.all([reading, writeStretch(workspaceId, importId, () => isReading, budgetMs)]);
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
