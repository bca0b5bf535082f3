import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { finishEmptyCampaigns } from "./finish-empty-campaigns.ts";
import { dropPlans } from "./replan-enrolments.ts";
import { lockCampaign } from "./start-campaign.ts";
import { wakeCampaign } from "./wake-campaign.ts";

/** Committed before a mail is marked `sending`, a pause prevents it. Booked minutes are given back to others. */
export async function pauseCampaign(tx: Tx, input: { campaignId: string; byId: string }): Promise<{ people: number }> {
  const campaign = await lockCampaign(tx, input.campaignId);
  if (campaign.status === "paused") return { people: 0 };
  if (campaign.status !== "running") throw new AppError("INVALID_STATE", "Only a running campaign is paused.");
  await tx.campaign.updateMany({ where: { id: campaign.id }, data: { status: "paused", pausedAt: tx.now, pausedById: input.byId } });
  const people = await dropAllPlans(tx, campaign.id, `${campaign.name} was paused`);
  await recordActivity(tx, { kind: "campaign/paused", campaignId: campaign.id, actorId: input.byId, detail: { people } });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "campaign.paused",
    subjectType: "campaign",
    subjectId: campaign.id,
  });
  return { people };
}

/** Everybody is planned again from now; nothing of what was missed is sent at once. */
export async function resumeCampaign(tx: Tx, input: { campaignId: string; byId: string }): Promise<{ people: number }> {
  const campaign = await lockCampaign(tx, input.campaignId);
  if (campaign.status === "running") return { people: 0 };
  if (campaign.status !== "paused" && campaign.status !== "stopped")
    throw new AppError("INVALID_STATE", "Only a paused campaign is resumed.");
  await tx.campaign.updateMany({
    where: { id: campaign.id },
    data: { status: "running", pausedAt: null, pausedById: null, stopReason: null },
  });
  const people = await wakeCampaign(tx, campaign.id);
  // Whoever was in it may have answered or been taken out during the pause.
  await finishEmptyCampaigns(tx, [campaign.id]);
  await recordActivity(tx, { kind: "campaign/resumed", campaignId: campaign.id, actorId: input.byId, detail: { people } });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "campaign.resumed",
    subjectType: "campaign",
    subjectId: campaign.id,
  });
  return { people };
}

/** Plans of a whole campaign, or of all with null. Locks people in the order of their ids, in slices. */
export async function dropAllPlans(tx: Tx, campaignId: string | null, reason: string): Promise<number> {
  const rows = await tx.enrolment.findMany({
    where: { status: "active", OR: [{ plannedAt: { not: null } }, { dueAt: { not: null } }], ...(campaignId && { campaignId }) },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (let from = 0; from < rows.length; from += 2_000) {
    const slice = rows.slice(from, from + 2_000);
    await dropPlans(tx, { enrolmentIds: slice.map((row) => row.id), reason, wake: false });
  }
  return rows.length;
}
