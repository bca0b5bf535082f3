import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { createDefaultPipeline } from "./create-default-pipeline.ts";

export type OpenDealForMeetingInput = {
  leadId: string | null;
  accountId: string | null;
  /** The company, or the person where there is none. */
  title: string;
  ownerId: string;
  /** Credit stays with who sourced it, whoever owns it later. */
  sourcedById: string | null;
  campaignId: string | null;
};

/**
 * A booked meeting opens a deal in the stage "Meeting booked", which counts in no sum until it was held and accepted.
 * A person who is already in an open deal keeps that one: a second meeting is not a second opportunity.
 */
export async function openDealForMeeting(tx: Tx, input: OpenDealForMeetingInput): Promise<string> {
  if (input.leadId) {
    const open = await tx.deal.findFirst({
      where: { leadId: input.leadId, closedAt: null },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    if (open) return open.id;
  }
  const pipelineId = await createDefaultPipeline(tx);
  const stage = await tx.pipelineStage.findFirst({
    where: { pipelineId, kind: "booked" },
    orderBy: { position: "asc" },
    include: { pipeline: { select: { currency: true } } },
  });
  if (!stage) throw new AppError("INVALID_STATE", "The pipeline has no stage for booked meetings.");

  const { workspaceId, now } = tx;
  const id = newId();
  await tx.deal.create({
    data: { id, workspaceId, pipelineId, stageId: stage.id, ...input, currency: stage.pipeline.currency, stageSince: now, createdAt: now },
  });
  await tx.dealStageChange.create({ data: { id: newId(), workspaceId, dealId: id, toStageId: stage.id, at: now, byId: null } });
  await recordActivity(tx, {
    kind: "deal/opened",
    leadId: input.leadId,
    accountId: input.accountId,
    campaignId: input.campaignId,
    dealId: id,
    actorId: null,
    detail: { stageId: stage.id },
  });
  return id;
}
