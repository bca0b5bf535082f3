import type * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import type { workspaceView } from "./schema.ts";

/** The workspace of this transaction. */
export async function getWorkspace(tx: Tx): Promise<z.output<typeof workspaceView>> {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId } });
  const pausedBy = workspace.sendingPausedById ? await tx.member.findFirst({ where: { userId: workspace.sendingPausedById } }) : null;
  const { sendingResumedById } = workspace;
  const resumedBy = sendingResumedById ? await tx.member.findFirst({ where: { userId: sendingResumedById } }) : null;
  return {
    id: workspace.id,
    name: workspace.name,
    slug: workspace.slug,
    kind: workspace.kind === "sandbox" ? "sandbox" : "live",
    visibility: workspace.visibility === "own" ? "own" : workspace.visibility === "all" ? "all" : "team",
    requiresSecondStep: workspace.requiresSecondStep,
    timeZone: workspace.timeZone,
    country: workspace.country,
    postalAddress: workspace.postalAddress,
    now: tx.now,
    sendingPausedAt: workspace.sendingPausedAt,
    sendingPausedBy: pausedBy?.fullName ?? null,
    sendingPauseReason: workspace.sendingPauseReason,
    sendingResumedAt: workspace.sendingResumedAt,
    sendingResumedBy: resumedBy?.fullName ?? null,
    sendingResumeReason: workspace.sendingResumeReason,
  };
}
