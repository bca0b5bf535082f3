import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { ProgressStatus } from "./schema.ts";

export type StartProgress = { kind: string; title: string; total?: number | null; link?: string; startedById?: string | null };

/** Anything over two seconds is shown in the activity tray. The title carries no personal value. */
export async function startProgress(tx: Tx, input: StartProgress): Promise<string> {
  const id = newId();
  await tx.progress.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      kind: input.kind,
      title: input.title,
      status: "running",
      totalCount: input.total ?? null,
      link: input.link ?? null,
      startedById: input.startedById ?? null,
      startedAt: tx.now,
    },
  });
  return id;
}

/** Sets how far it is (not: adds), so that a repeated step counts once. */
export async function advanceProgress(tx: Tx, input: { id: string; done: number; total?: number | null; title?: string }): Promise<void> {
  await tx.progress.updateMany({
    where: { id: input.id, status: "running" },
    data: {
      doneCount: input.done,
      ...(input.total !== undefined && { totalCount: input.total }),
      ...(input.title !== undefined && { title: input.title }),
    },
  });
}

/** Ends it once; a second ending changes nothing. */
export async function finishProgress(
  tx: Tx,
  input: { id: string; status?: Exclude<ProgressStatus, "running">; result: string; link?: string },
): Promise<void> {
  await tx.progress.updateMany({
    where: { id: input.id, status: "running" },
    data: {
      status: input.status ?? "done",
      result: input.result,
      finishedAt: tx.now,
      ...(input.link !== undefined && { link: input.link }),
    },
  });
}

/** Long work asks between two batches and stops at the next one. */
export async function isCancelRequested(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.progress.findFirst({ where: { id }, select: { cancelRequestedAt: true, status: true } });
  return row !== null && (row.cancelRequestedAt !== null || row.status === "cancelled");
}

export async function requestCancel(tx: Tx, input: { id: string }): Promise<void> {
  const { count } = await tx.progress.updateMany({
    where: { id: input.id, status: "running", cancelRequestedAt: null },
    data: { cancelRequestedAt: tx.now },
  });
  if (count > 0) return;
  const row = await tx.progress.findFirst({ where: { id: input.id }, select: { id: true } });
  if (!row) throw new AppError("NOT_FOUND", "This work no longer exists.");
}
