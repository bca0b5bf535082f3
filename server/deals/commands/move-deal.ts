import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { judgeMove } from "../domain/judge-move.ts";
import { stageKind } from "../schema.ts";
import { markCustomer } from "./mark-customer.ts";

export type MoveDealInput = {
  dealId: string;
  stageId: string;
  /** The stage that the mover saw. */
  fromStageId?: string | undefined;
  reason: string | null;
  /** Null when the agent does it. */
  byId: string | null;
};

/** Moves a deal and keeps the change for ever. The same move twice is one move. */
export async function moveDeal(tx: Tx, input: MoveDealInput): Promise<void> {
  const { workspaceId, now } = tx;
  const deal = await tx.deal.findFirst({ where: { id: input.dealId }, include: { stage: true } });
  if (!deal) throw new AppError("NOT_FOUND", "This deal no longer exists.");
  if (deal.stageId === input.stageId) return;
  if (input.fromStageId && input.fromStageId !== deal.stageId) {
    throw new AppError("CONFLICT", `Somebody moved this deal to ${deal.stage.name} meanwhile. Reload to see it.`);
  }
  const to = await tx.pipelineStage.findFirst({ where: { id: input.stageId, pipelineId: deal.pipelineId } });
  if (!to) throw new AppError("NOT_FOUND", "This stage is not in the deal's pipeline.");

  const answer = judgeMove({
    from: stageKind.parse(deal.stage.kind),
    to: stageKind.parse(to.kind),
    isAccepted: deal.acceptedAt !== null,
    reason: input.reason,
  });
  const { count } = await tx.deal.updateMany({
    // Guarded by the stage that was just judged: of two racing moves, one loses cleanly.
    where: { id: deal.id, stageId: deal.stageId },
    data: {
      stageId: to.id,
      stageSince: now,
      closedAt: answer.closing === "close" ? now : null,
      closeReason: answer.closeReason,
      ...(answer.acceptance === "accept" && { acceptedAt: now, acceptedById: input.byId }),
      ...(answer.acceptance === "withdraw" && { acceptedAt: null, acceptedById: null }),
    },
  });
  if (count === 0) throw new AppError("CONFLICT", "Somebody else moved this deal. Reload and try again.");

  await tx.dealStageChange.create({
    data: { id: newId(), workspaceId, dealId: deal.id, fromStageId: deal.stageId, toStageId: to.id, at: now, byId: input.byId },
  });
  await recordActivity(tx, {
    kind: answer.activity,
    leadId: deal.leadId,
    accountId: deal.accountId,
    campaignId: deal.campaignId,
    dealId: deal.id,
    actorId: input.byId,
    detail: { fromStageId: deal.stageId, toStageId: to.id },
  });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: input.byId ? "person" : "agent",
    action: "deal.moved",
    subjectType: "deal",
    subjectId: deal.id,
    fields: ["stage"],
  });
  const accountId = deal.accountId ?? (await accountOf(tx, deal.leadId));
  await markCustomer(tx, { accountId, from: deal.stage.kind, to: to.kind });
  if (deal.leadId) await refreshLeadState(tx, [deal.leadId]);
}

/** The person may have got their company after the deal was opened. */
async function accountOf(tx: Tx, leadId: string | null): Promise<string | null> {
  const lead = leadId ? await tx.lead.findFirst({ where: { id: leadId }, select: { accountId: true } }) : null;
  return lead?.accountId ?? null;
}

/** A held meeting that was worth it: the deal counts from now on. Already accepted deals stay where they are. */
export async function acceptDeal(tx: Tx, input: { dealId: string; byId: string | null }): Promise<void> {
  const deal = await tx.deal.findFirst({ where: { id: input.dealId }, include: { stage: true } });
  if (deal?.stage.kind !== "booked") return;
  const next = await tx.pipelineStage.findFirst({ where: { pipelineId: deal.pipelineId, kind: "open" }, orderBy: { position: "asc" } });
  if (!next) throw new AppError("INVALID_STATE", "The pipeline has no open stage.");
  await moveDeal(tx, { dealId: deal.id, stageId: next.id, reason: null, byId: input.byId });
}

/** Lost before it counted: no fit, or they never came. */
export async function loseBookedDeal(tx: Tx, input: { dealId: string; byId: string | null; reason: string }): Promise<void> {
  const deal = await tx.deal.findFirst({ where: { id: input.dealId }, include: { stage: true } });
  if (deal?.stage.kind !== "booked") return;
  const lost = await tx.pipelineStage.findFirst({ where: { pipelineId: deal.pipelineId, kind: "lost" }, orderBy: { position: "asc" } });
  if (lost) await moveDeal(tx, { dealId: deal.id, stageId: lost.id, reason: input.reason, byId: input.byId });
}
