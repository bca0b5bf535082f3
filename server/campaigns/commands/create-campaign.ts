import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { firstTouchSteps } from "../domain/first-touch.ts";
import { type CreateCampaignInput, campaignRules, type StepInput } from "../schema.ts";
import { replaceSteps } from "./set-steps.ts";

export async function createCampaign(tx: Tx, input: CreateCampaignInput & { byId: string }): Promise<{ id: string }> {
  const offer = await tx.offer.findFirst({
    where: input.offerId ? { id: input.offerId, archivedAt: null } : { archivedAt: null },
    orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }],
    select: { id: true },
  });
  if (!offer) throw new AppError("INVALID_STATE", "Say first what you sell: Settings, Offer and voice. A campaign writes from it.");
  const ownerId = input.ownerId ?? input.byId;
  if (!(await tx.member.findFirst({ where: { userId: ownerId, removedAt: null }, select: { userId: true } }))) {
    throw new AppError("INVALID_INPUT", "The owner is not in this workspace.");
  }
  const id = newId();
  await tx.campaign.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      name: input.name,
      status: "draft",
      offerId: offer.id,
      ownerId,
      rules: campaignRules.parse(input.rules ?? {}),
      createdAt: tx.now,
    },
  });
  const steps: StepInput[] = input.steps ?? (input.play === "first-touch" ? firstTouchSteps() : []);
  if (steps.length > 0) await replaceSteps(tx, { id, steps, scope: "everybody" });
  await recordActivity(tx, { kind: "campaign/created", campaignId: id, actorId: input.byId });
  return { id };
}

/** The starter play, for the sandbox and the first run: mail, 3 working days, mail in the thread, 5 working days, mail. */
export async function createFirstTouch(
  tx: Tx,
  input: { offerId: string; ownerId: string; name?: string; rules?: CreateCampaignInput["rules"] },
): Promise<{ id: string }> {
  const { name = "First touch", ...rest } = input;
  return createCampaign(tx, { ...rest, name, play: "first-touch", byId: input.ownerId });
}
