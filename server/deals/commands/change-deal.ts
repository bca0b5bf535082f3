import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { requireDeal } from "../queries.ts";
import type { ChangeDeal } from "../schema.ts";
import { moveDeal } from "./move-deal.ts";

/** Edits what is given and leaves the rest; a stage among it is a move. */
export async function changeDeal(tx: Tx, viewer: Viewer, input: ChangeDeal): Promise<void> {
  const { id, stageId, fromStageId, reason, amountCents, closeOn, nextOn, ...plain } = input;
  const deal = await requireDeal(tx, viewer, id);
  if (plain.ownerId) await requireMember(tx, plain.ownerId);

  const data = {
    ...(plain.title !== undefined && { title: plain.title }),
    ...(plain.nextStep !== undefined && { nextStep: plain.nextStep }),
    ...(plain.ownerId !== undefined && { ownerId: plain.ownerId }),
    ...(amountCents !== undefined && { amountCents: amountCents === null ? null : BigInt(amountCents) }),
    ...(closeOn !== undefined && { closeOn: closeOn && new Date(closeOn) }),
    ...(nextOn !== undefined && { nextOn: nextOn && new Date(nextOn) }),
  };
  const fields = Object.keys(data);
  if (fields.length > 0) {
    await tx.deal.updateMany({ where: { id }, data });
    await recordAudit(tx, {
      actorId: viewer.userId,
      actorKind: "person",
      action: "deal.changed",
      subjectType: "deal",
      subjectId: id,
      fields,
    });
    await recordActivity(tx, {
      kind: "deal/changed",
      leadId: deal.leadId,
      accountId: deal.accountId,
      dealId: id,
      actorId: viewer.userId,
      detail: { fields },
    });
  }
  if (stageId) await moveDeal(tx, { dealId: id, stageId, fromStageId, reason: reason || null, byId: viewer.userId });
}

export async function requireMember(tx: Tx, userId: string): Promise<void> {
  const member = await tx.member.findFirst({ where: { userId, removedAt: null }, select: { userId: true } });
  if (!member) throw new AppError("NOT_FOUND", "This person is not in the workspace any more.");
}
