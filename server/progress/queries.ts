import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { Progress } from "#server/generated/prisma/client.ts";
import { type ListProgressOutput, type ProgressItem, progressStatus } from "./schema.ts";

const RECENT = 10;

/** What the activity tray shows: everything that runs, and the last results. */
export async function listProgress(tx: Tx): Promise<ListProgressOutput> {
  const [running, recent] = await Promise.all([
    tx.progress.findMany({ where: { status: "running" }, orderBy: { startedAt: "desc" }, take: 50 }),
    tx.progress.findMany({ where: { status: { not: "running" } }, orderBy: { startedAt: "desc" }, take: RECENT }),
  ]);
  return { running: running.map(toItem), recent: recent.map(toItem) };
}

export async function getProgress(tx: Tx, id: string): Promise<ProgressItem> {
  const row = await tx.progress.findFirst({ where: { id } });
  if (!row) throw new AppError("NOT_FOUND", "This work no longer exists.");
  return toItem(row);
}

function toItem(row: Progress): ProgressItem {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    status: progressStatus.parse(row.status),
    done: row.doneCount,
    total: row.totalCount,
    result: row.result,
    link: row.link,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    cancelRequested: row.cancelRequestedAt !== null,
  };
}
