import type { Tx } from "#server/core/db.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { importFinished } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { finishProgress } from "#server/progress/commands.ts";
import { IMPORT_DUE, pageOf } from "./plan-import.ts";

/** Says how an import ended, to the person and to who scores its people. */
export async function endImport(tx: Tx, importId: string, status: "done" | "cancelled" | "failed", error: string | null): Promise<void> {
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
