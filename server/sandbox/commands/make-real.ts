import { recordAudit } from "#server/audit/commands.ts";
import { createCampaign } from "#server/campaigns/commands/create-campaign.ts";
import { loadSteps } from "#server/campaigns/queries/load-steps.ts";
import { campaignRules, type StepInput } from "#server/campaigns/schema.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { createOffer } from "#server/offers/commands.ts";
import { listOffers } from "#server/offers/queries.ts";
import { offerInput } from "#server/offers/schema.ts";
import { saveProfile } from "#server/scoring/commands/save-profile.ts";
import { getProfile } from "#server/scoring/queries/get-profile.ts";
import { createWorkspace } from "#server/workspaces/commands/create-workspace.ts";

/** Copies offers, scoring and campaigns into a new live workspace. People are never copied: they are invented. */
export async function makeReal(
  workspaceId: WorkspaceId,
  input: { ownerId: string; name: string; timeZone: string },
): Promise<{ id: WorkspaceId; slug: string }> {
  const kit = await inWorkspace(workspaceId, readKit);
  const made = await createWorkspace(input);
  await inWorkspace(made.id, async (tx) => {
    const offers = new Map<string, string>();
    for (const { id, offer } of kit.offers) offers.set(id, await createOffer(tx, { userId: input.ownerId }, offer));
    await saveProfile(tx, kit.profile, { userId: input.ownerId, kind: "person" });
    for (const campaign of kit.campaigns) {
      const offerId = offers.get(campaign.offerId);
      if (offerId) await createCampaign(tx, { ...campaign, offerId, ownerId: input.ownerId, byId: input.ownerId });
    }
    await recordAudit(tx, {
      actorId: input.ownerId,
      actorKind: "person",
      action: "workspace.made-real",
      subjectType: "workspace",
      subjectId: made.id,
    });
  });
  return made;
}

async function readKit(tx: Tx) {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId }, select: { kind: true } });
  if (workspace.kind !== "sandbox") throw new AppError("INVALID_STATE", "This workspace is real already.");
  const { rules, thresholds } = await getProfile(tx);
  const campaigns = await tx.campaign.findMany({ where: { deletedAt: null }, orderBy: { createdAt: "asc" } });
  return {
    offers: (await listOffers(tx)).map((view) => ({ id: view.id, offer: offerInput.parse(view) })),
    profile: { rules, thresholds },
    campaigns: await Promise.all(
      campaigns.map(async (campaign) => ({
        name: campaign.name,
        offerId: campaign.offerId,
        rules: senderless(campaign.rules),
        steps: await stepsOf(tx, campaign.id),
      })),
    ),
  };
}

/** Mailboxes stay behind: the lead's owner sends, until somebody says otherwise. */
function senderless(rules: unknown) {
  return { ...campaignRules.parse(rules), sender: { mode: "owner" as const } };
}

async function stepsOf(tx: Tx, campaignId: string): Promise<StepInput[]> {
  const steps = await loadSteps(tx, campaignId);
  return steps.map((step) => (step.kind === "email" ? { kind: "email", config: step.config } : { kind: "wait", config: step.config }));
}
