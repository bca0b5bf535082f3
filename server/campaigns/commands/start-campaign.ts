import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { campaignStarted } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { nextMail } from "../domain/next-step.ts";
import { runStartChecks } from "../queries/get-start-sheet.ts";
import { loadSteps } from "../queries/load-steps.ts";
import { wakeCampaign } from "./wake-campaign.ts";

/** Starts a draft when every check passes. Pressed twice at once it starts once: the second press sees a running campaign. */
export async function startCampaign(tx: Tx, input: { campaignId: string; byId: string }): Promise<{ people: number }> {
  const campaign = await lockCampaign(tx, input.campaignId);
  if (campaign.status === "running") throw new AppError("CONFLICT", `${campaign.name} is already running.`);
  if (campaign.status !== "draft") throw new AppError("INVALID_STATE", "Only a draft is started. Resume this campaign instead.");
  const failed = (await runStartChecks(tx, campaign.id)).filter((check) => !check.ok);
  if (failed[0]) throw new AppError("INVALID_STATE", `${failed[0].title}${failed[0].detail ? `: ${failed[0].detail}` : "."}`);

  const first = nextMail(await loadSteps(tx, campaign.id), null);
  await tx.enrolment.updateMany({
    where: { campaignId: campaign.id, status: "active", stepId: null },
    data: { stepId: first?.step.id ?? null },
  });
  await tx.campaign.updateMany({ where: { id: campaign.id }, data: { status: "running", startedAt: tx.now, startedById: input.byId } });
  const people = await wakeCampaign(tx, campaign.id);
  await recordActivity(tx, { kind: "campaign/started", campaignId: campaign.id, actorId: input.byId, detail: { people } });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "campaign.started",
    subjectType: "campaign",
    subjectId: campaign.id,
  });
  await emit(tx, campaignStarted.create({ workspaceId: tx.workspaceId, campaignId: campaign.id }));
  return { people };
}

export async function lockCampaign(tx: Tx, campaignId: string): Promise<{ id: string; name: string; status: string }> {
  const [campaign] = await tx.$queryRaw<{ id: string; name: string; status: string }[]>`
    select id, name, status from campaigns where workspace_id = ${tx.workspaceId}::uuid and id = ${campaignId}::uuid and deleted_at is null for no key update`;
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  return campaign;
}
