import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { type CampaignJson, campaignStatus } from "../schema.ts";
import { readRules } from "./load-due-people.ts";
import { loadSteps } from "./load-steps.ts";

export async function getCampaign(tx: Tx, campaignId: string): Promise<CampaignJson> {
  const campaign = await tx.campaign.findFirst({ where: { id: campaignId, deletedAt: null } });
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  const named = [campaign.ownerId, campaign.startedById, campaign.pausedById].filter((id) => id !== null);
  const members = new Map(
    (await tx.member.findMany({ where: { userId: { in: named } }, select: { userId: true, fullName: true } })).map((row) => [
      row.userId,
      row.fullName,
    ]),
  );
  const nameOf = (id: string | null) => (id ? (members.get(id) ?? null) : null);
  return {
    id: campaign.id,
    name: campaign.name,
    status: campaignStatus.parse(campaign.status),
    offerId: campaign.offerId,
    ownerId: campaign.ownerId,
    ownerName: nameOf(campaign.ownerId),
    rules: readRules(campaign.rules),
    steps: await loadSteps(tx, campaign.id),
    startedAt: campaign.startedAt,
    startedByName: nameOf(campaign.startedById),
    pausedAt: campaign.pausedAt,
    pausedByName: nameOf(campaign.pausedById),
    stopReason: campaign.stopReason,
    finishedAt: campaign.finishedAt,
    createdAt: campaign.createdAt,
  };
}
