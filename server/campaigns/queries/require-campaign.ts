import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";

/** What this person may not see looks absent. */
export async function requireCampaign(tx: Tx, viewer: Viewer, campaignId: string, { inTrash = false } = {}): Promise<void> {
  const owners = await listVisibleOwners(tx, viewer);
  const campaign = await tx.campaign.findFirst({
    where: { id: campaignId, deletedAt: inTrash ? { not: null } : null, ...(owners && { ownerId: { in: owners } }) },
    select: { id: true },
  });
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
}

export async function requireEnrolment(tx: Tx, viewer: Viewer, enrolmentId: string): Promise<void> {
  const enrolment = await tx.enrolment.findFirst({ where: { id: enrolmentId }, select: { campaignId: true } });
  if (!enrolment) throw new AppError("NOT_FOUND", "This person is no longer in a campaign.");
  await requireCampaign(tx, viewer, enrolment.campaignId);
}
