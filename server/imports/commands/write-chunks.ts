import { setTimeout } from "node:timers/promises";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { LeadImport } from "#server/generated/prisma/client.ts";
import { setDue } from "#server/jobs/due.ts";
import { advanceProgress, isCancelRequested } from "#server/progress/commands.ts";
import { endImport } from "./end-import.ts";
import { loadStagedRows, type StagedRange, writeCompanies } from "./load-staged.ts";
import { IMPORT_DUE, LOOK_AGAIN_MS, lockChunk, lockWriting } from "./plan-import.ts";

const CHUNK_ROWS = 5_000;
/**
 * Chunks that are written at once, each on a connection of its own, when the file has been read: before, its reader has the other core.
 * The first goes alone, because after it the planner knows the workspace (settleStatistics).
 */
const AT_ONCE = 2;
/** Between two looks for a whole chunk while the file is still being read. */
const NEXT_LOOK_MS = 20;
export type RunOutcome = "more" | "done";

/** Another run wrote the chunk, or somebody stops the import: what this transaction wrote is rolled back. */
class Overtaken extends Error {}

/**
 * One stretch of writing staged rows. The companies of the next chunks are committed first, because the chunks share them; then the chunks
 * are written at once. Each is one transaction with its place and counts, and they commit in the order of the file.
 */
export async function writeStretch(
  workspaceId: WorkspaceId,
  importId: string,
  isReading: () => boolean,
  budgetMs = 8_000,
): Promise<RunOutcome> {
  const deadline = performance.now() + budgetMs;
  for (;;) {
    // Asked before the look, so that what the reader staged last is not missed.
    const mayCome = isReading();
    const chunks = await inWorkspace(workspaceId, (tx) => openChunks(tx, importId));
    if (chunks === "done") return "done";
    if (chunks.length > 0) {
      failPoint("import.companies-committed");
      if (!(await writeChunks(workspaceId, importId, chunks))) return "more";
    } else if (mayCome) await setTimeout(NEXT_LOOK_MS);
    else return "more";
    if (performance.now() > deadline) return "more";
  }
}

/** The next chunks of which every row is staged, with their companies written. None: more has to be read first. */
async function openChunks(tx: Tx, importId: string): Promise<StagedRange[] | "done"> {
  await lockWriting(tx, importId);
  const record = await tx.leadImport.findFirst({ where: { id: importId } });
  if (record?.status !== "running") return "done";
  if (record.progressId && (await isCancelRequested(tx, record.progressId))) {
    await endImport(tx, importId, "cancelled", null);
    return "done";
  }
  if (record.totalRows !== null && record.loadedRow >= record.rowOffset) {
    await endImport(tx, importId, "done", null);
    return "done";
  }
  const chunks = nextChunks(record);
  const last = chunks.at(-1);
  if (last) await writeCompanies(tx, record, { after: record.loadedRow, upTo: last.upTo });
  return chunks;
}

/** Only the last chunk of a file is smaller than the others. */
function nextChunks({ loadedRow, rowOffset, totalRows }: LeadImport): StagedRange[] {
  const staged = (rowOffset - loadedRow) / CHUNK_ROWS;
  const count = totalRows === null ? Math.min(Math.floor(staged), 1) : Math.min(Math.ceil(staged), loadedRow > 0 ? AT_ONCE : 1);
  return Array.from({ length: count }, (_, index) => {
    const after = loadedRow + index * CHUNK_ROWS;
    return { after, upTo: Math.min(after + CHUNK_ROWS, rowOffset) };
  });
}

/** @returns false when another run, or a person, was faster */
async function writeChunks(workspaceId: WorkspaceId, importId: string, chunks: readonly StagedRange[]): Promise<boolean> {
  const results = await Promise.allSettled(
    chunks.map(async (chunk) => {
      await inWorkspace(workspaceId, (tx) => writeChunk(tx, importId, chunk));
      failPoint("import.rows-committed");
    }),
  );
  const failed = results.find((result) => result.status === "rejected");
  if (failed && !(failed.reason instanceof Overtaken)) throw failed.reason;
  return !failed;
}

async function writeChunk(tx: Tx, importId: string, chunk: StagedRange): Promise<void> {
  await lockChunk(tx, importId, chunk.after);
  const record = await tx.leadImport.findFirst({ where: { id: importId } });
  if (record?.status !== "running" || record.loadedRow > chunk.after) throw new Overtaken();
  const counts = await loadStagedRows(tx, record, chunk, () => waitForTurn(tx, importId, chunk));
  await tx.leadImport.updateMany({
    where: { id: importId },
    data: {
      loadedRow: chunk.upTo,
      created: { increment: counts.created },
      updated: { increment: counts.updated },
      skipped: { increment: counts.skipped },
      suppressed: { increment: counts.suppressed },
    },
  });
  const { progressId, totalRows } = record;
  if (progressId) await advanceProgress(tx, { id: progressId, done: Math.min(chunk.upTo, totalRows ?? chunk.upTo), total: totalRows });
  await setDue(tx, { kind: IMPORT_DUE, subjectId: importId, dueAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS) });
  failPoint("import.rows-written");
}

/** Until the chunk before is committed. The database waits and not this process, so that it would see a deadlock. */
async function waitForTurn(tx: Tx, importId: string, { after }: StagedRange): Promise<void> {
  await lockChunk(tx, importId, after - CHUNK_ROWS);
  await lockWriting(tx, importId);
  const record = await tx.leadImport.findFirst({ where: { id: importId }, select: { status: true, loadedRow: true, progressId: true } });
  if (record?.status !== "running" || record.loadedRow !== after) throw new Overtaken();
  if (record.progressId && (await isCancelRequested(tx, record.progressId))) throw new Overtaken();
}
