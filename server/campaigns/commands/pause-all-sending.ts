import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { dropAllPlans } from "./pause-campaign.ts";
import { wakeCampaign } from "./wake-campaign.ts";

/** One press stops every campaign mail of the workspace: what is reserved is cancelled, what is booked is given back. */
export async function pauseAllSending(tx: Tx, input: { byId: string; reason?: string | undefined }): Promise<{ people: number }> {
  const [workspace] = await tx.$queryRaw<{ pausedAt: Date | null }[]>`
    select sending_paused_at as "pausedAt" from workspaces where id = ${tx.workspaceId}::uuid for no key update`;
  if (workspace?.pausedAt) return { people: 0 };
  await tx.workspace.updateMany({
    where: { id: tx.workspaceId },
    data: { sendingPausedAt: tx.now, sendingPausedById: input.byId, sendingPauseReason: input.reason ?? null },
  });
  const people = await dropAllPlans(tx, null, "All sending was paused");
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "sending.paused",
    subjectType: "workspace",
    subjectId: tx.workspaceId,
  });
  return { people };
}

/** Needs a reason: the workspace keeps it with who and when, the campaigns' page shows it, and the audit names the field. */
export async function resumeAllSending(tx: Tx, input: { byId: string; reason: string }): Promise<{ people: number }> {
  if (input.reason.trim() === "") throw new AppError("INVALID_INPUT", "Say why sending may go on.");
  const { count } = await tx.workspace.updateMany({
    where: { id: tx.workspaceId, sendingPausedAt: { not: null } },
    data: {
      sendingPausedAt: null,
      sendingPausedById: null,
      sendingPauseReason: null,
      sendingResumedAt: tx.now,
      sendingResumedById: input.byId,
      sendingResumeReason: input.reason.trim(),
    },
  });
  if (count === 0) return { people: 0 };
  const people = await wakeCampaign(tx, null);
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "sending.resumed",
    subjectType: "workspace",
    subjectId: tx.workspaceId,
    fields: ["reason"],
  });
  return { people };
}
