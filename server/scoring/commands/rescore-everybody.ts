import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { advanceProgress, finishProgress, isCancelRequested, startProgress } from "#server/progress/commands.ts";
import { listScorableAfter } from "../queries/facts.ts";
import { findProfile } from "../queries/get-profile.ts";
import { writeScores } from "./score-leads.ts";

const SLICE = 2_000;
const RESCORE_KIND = "rescore";

export async function startRescore(workspaceId: WorkspaceId, startedById: string | null): Promise<{ progressId: string; total: number }> {
  return inWorkspace(workspaceId, async (tx) => {
    const total = await tx.lead.count({ where: { deletedAt: null } });
    const progressId = await startProgress(tx, {
      kind: RESCORE_KIND,
      title: "Scoring everybody again",
      total,
      link: "/leads",
      startedById,
    });
    return { progressId, total };
  });
}

/**
 * One slice in one transaction, in id order; `after` is where the last one ended, so a repeated slice changes nothing.
 * @returns where to go on, or null when everybody is done
 */
export async function rescoreSlice(
  workspaceId: WorkspaceId,
  at: { after: string | null; done: number; changed: number; progressId: string | null },
): Promise<{ after: string | null; done: number; changed: number }> {
  return inWorkspace(workspaceId, async (tx) => {
    const profile = await findProfile(tx);
    if (!profile || (at.progressId && (await isCancelRequested(tx, at.progressId))))
      return { after: null, done: at.done, changed: at.changed };
    const slice = await listScorableAfter(tx, at.after, SLICE);
    const changed = at.changed + (await writeScores(tx, slice, profile));
    const done = at.done + slice.length;
    if (at.progressId) await advanceProgress(tx, { id: at.progressId, done });
    return { after: slice.length < SLICE ? null : (slice.at(-1)?.id ?? null), done, changed };
  });
}

export async function finishRescore(workspaceId: WorkspaceId, progressId: string, sums: { done: number; changed: number }): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const isCancelled = await isCancelRequested(tx, progressId);
    const result = `${sums.done.toLocaleString("en")} people scored, ${sums.changed.toLocaleString("en")} changed${isCancelled ? "; stopped before the end" : ""}.`;
    await finishProgress(tx, { id: progressId, status: isCancelled ? "cancelled" : "done", result });
  });
}

/** Its job ended before it was through. One runs at a time, so what is shown as running is that one's. */
export async function endRescore(workspaceId: WorkspaceId, how: "failed" | "cancelled"): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const open = await tx.progress.findMany({ where: { kind: RESCORE_KIND, status: "running" }, select: { id: true } });
    for (const { id } of open)
      await finishProgress(tx, { id, status: how, result: "Stopped before the end: some people keep the score that they had." });
  });
}

/** The whole of it, for callers that are not a job. */
export async function rescoreEverybody(workspaceId: WorkspaceId): Promise<{ done: number; changed: number }> {
  let at = { after: null as string | null, done: 0, changed: 0 };
  do at = await rescoreSlice(workspaceId, { ...at, progressId: null });
  while (at.after !== null);
  return { done: at.done, changed: at.changed };
}
