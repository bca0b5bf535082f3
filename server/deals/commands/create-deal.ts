import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import type { CreateDeal } from "../schema.ts";
import { requireMember } from "./change-deal.ts";
import { createDefaultPipeline } from "./create-default-pipeline.ts";
import { markCustomer } from "./mark-customer.ts";

/** A deal that a person opens counts at once, unless they put it under "Meeting booked". */
export async function createDeal(tx: Tx, viewer: Viewer, input: CreateDeal): Promise<string> {
  const { workspaceId, now } = tx;
  const stage = await stageFor(tx, input.stageId);
  const lead = input.leadId ? await tx.lead.findFirst({ where: { id: input.leadId, deletedAt: null } }) : null;
  if (input.leadId && !lead) throw new AppError("NOT_FOUND", "This person no longer exists.");
  const accountId = input.accountId ?? lead?.accountId ?? null;
  if (input.accountId && !(await tx.account.findFirst({ where: { id: input.accountId } }))) {
    throw new AppError("NOT_FOUND", "This company no longer exists.");
  }
  if (input.ownerId) await requireMember(tx, input.ownerId);

  const id = newId();
  const counts = stage.kind !== "booked";
  const isClosed = stage.kind === "won" || stage.kind === "lost";
  await tx.deal.create({
    data: {
      id,
      workspaceId,
      pipelineId: stage.pipelineId,
      stageId: stage.id,
      title: input.title,
      leadId: lead?.id ?? null,
      accountId,
      amountCents: input.amountCents == null ? null : BigInt(input.amountCents),
      currency: stage.pipeline.currency,
      closeOn: input.closeOn ? new Date(input.closeOn) : null,
      nextStep: input.nextStep ?? null,
      nextOn: input.nextOn ? new Date(input.nextOn) : null,
      ownerId: input.ownerId ?? viewer.userId,
      sourcedById: viewer.userId,
      acceptedAt: counts ? now : null,
      acceptedById: counts ? viewer.userId : null,
      closedAt: isClosed ? now : null,
      stageSince: now,
      createdAt: now,
    },
  });
  await tx.dealStageChange.create({ data: { id: newId(), workspaceId, dealId: id, toStageId: stage.id, at: now, byId: viewer.userId } });
  await recordActivity(tx, {
    kind: "deal/opened",
    leadId: lead?.id ?? null,
    accountId,
    dealId: id,
    actorId: viewer.userId,
    detail: { stageId: stage.id },
  });
  await recordAudit(tx, { actorId: viewer.userId, actorKind: "person", action: "deal.opened", subjectType: "deal", subjectId: id });
  if (stage.kind === "won") await markCustomer(tx, { accountId, from: "booked", to: "won" });
  if (lead) await refreshLeadState(tx, [lead.id]);
  return id;
}

async function stageFor(tx: Tx, stageId: string | undefined) {
  const pipelineId = stageId ? undefined : await createDefaultPipeline(tx);
  const stage = await tx.pipelineStage.findFirst({
    where: stageId ? { id: stageId } : { pipelineId: pipelineId ?? "", kind: "open" },
    orderBy: { position: "asc" },
    include: { pipeline: true },
  });
  if (!stage) throw new AppError("NOT_FOUND", "This stage no longer exists.");
  return stage;
}
