import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { readRules } from "../queries/load-due-people.ts";
import type { CampaignRules, UpdateCampaignInput } from "../schema.ts";
import { closeEnrolments } from "./close-enrolments.ts";
import { replanEnrolments } from "./replan-enrolments.ts";
import { putPeopleBack } from "./return-people.ts";
import { lockCampaign } from "./start-campaign.ts";

/** Name, offer, owner, rules. When the hours or the sender of a running campaign change, booked mails are planned again. */
export async function updateCampaign(tx: Tx, input: UpdateCampaignInput & { byId: string }): Promise<void> {
  const campaign = await tx.campaign.findFirst({ where: { id: input.id, deletedAt: null } });
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  if (input.offerId && !(await tx.offer.findFirst({ where: { id: input.offerId }, select: { id: true } })))
    throw new AppError("NOT_FOUND", "This offer no longer exists.");
  if (input.ownerId && !(await tx.member.findFirst({ where: { userId: input.ownerId, removedAt: null }, select: { userId: true } }))) {
    throw new AppError("INVALID_INPUT", "The owner is not in this workspace.");
  }
  const { id, byId, rules, ...fields } = input;
  const changed = {
    ...(fields.name && { name: fields.name }),
    ...(fields.offerId && { offerId: fields.offerId }),
    ...(fields.ownerId && { ownerId: fields.ownerId }),
  };
  await tx.campaign.updateMany({ where: { id }, data: { ...changed, ...(rules && { rules }) } });
  await recordActivity(tx, {
    kind: "campaign/changed",
    campaignId: id,
    actorId: byId,
    detail: { fields: [...Object.keys(changed), ...(rules ? ["rules"] : [])] },
  });
  if (rules && campaign.status === "running" && movesMails(readRules(campaign.rules), rules)) {
    const planned = await tx.enrolment.findMany({
      where: { campaignId: id, status: "active", plannedAt: { not: null } },
      select: { id: true },
    });
    await replanEnrolments(tx, {
      enrolmentIds: planned.map((row) => row.id),
      cause: "edited",
      reason: "The campaign's rules were changed",
    });
  }
}

/** To the trash. A campaign that runs is paused first, so that nobody deletes what is about to leave. */
export async function deleteCampaign(tx: Tx, input: { id: string; byId: string }): Promise<{ id: string }> {
  const campaign = await lockCampaign(tx, input.id);
  if (campaign.status === "running") throw new AppError("INVALID_STATE", "Pause this campaign before deleting it.");
  const people = await tx.enrolment.findMany({
    where: { campaignId: input.id, status: { in: ["active", "paused"] } },
    select: { leadId: true },
  });
  await closeEnrolments(tx, {
    leadIds: people.map((row) => row.leadId),
    campaignId: input.id,
    status: "stopped",
    reason: "The campaign was deleted",
    actorId: input.byId,
  });
  await tx.campaign.updateMany({ where: { id: input.id }, data: { deletedAt: tx.now } });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "campaign.deleted",
    subjectType: "campaign",
    subjectId: input.id,
  });
  return { id: input.id };
}

/** Undoes *Delete campaign*: out of the trash as it was, with everybody who is not elsewhere meanwhile. */
export async function restoreCampaign(tx: Tx, input: { id: string; byId: string }): Promise<{ people: number }> {
  const campaign = await tx.campaign.findFirst({ where: { id: input.id }, select: { deletedAt: true } });
  if (!campaign?.deletedAt) throw new AppError("NOT_FOUND", "This campaign is not in the trash.");
  await tx.campaign.updateMany({ where: { id: input.id }, data: { deletedAt: null } });
  const people = await tx.enrolment.findMany({
    where: { campaignId: input.id, status: "stopped", endedAt: campaign.deletedAt },
    select: { id: true },
  });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "campaign.restored",
    subjectType: "campaign",
    subjectId: input.id,
  });
  return putPeopleBack(tx, { campaignId: input.id, enrolmentIds: people.map((row) => row.id), byId: input.byId });
}

function movesMails(before: CampaignRules, after: CampaignRules): boolean {
  const timing = (rules: CampaignRules) => JSON.stringify([rules.window, rules.sender, rules.skipHolidays, rules.dailyCap]);
  return timing(before) !== timing(after);
}
