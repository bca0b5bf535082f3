import { isExclusionViolation, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { type Actor, audit, refuseUnlessAllowed } from "./change-members.ts";

/**
 * Somebody leaves: everything they hold goes to one colleague in the same transaction, so that nothing is left without an owner.
 * Past meetings and finished work keep their names.
 */
export async function removeMember(tx: Tx, input: { userId: string; toUserId: string; actor: Actor }): Promise<void> {
  if (input.userId === input.toUserId) throw new AppError("INVALID_INPUT", "Choose somebody else to take over.");
  await refuseUnlessAllowed(tx, { userId: input.userId, to: "removed", actor: input.actor });
  const heir = await tx.member.findFirst({ where: { userId: input.toUserId, removedAt: null } });
  if (!heir) throw new AppError("NOT_FOUND", "The person who takes over is no longer in the workspace.");
  if (heir.role === "viewer") throw new AppError("INVALID_INPUT", "A viewer cannot own work. Choose a rep, manager or admin.");

  const [from, to] = [{ ownerId: input.userId }, { ownerId: input.toUserId }];
  await tx.lead.updateMany({ where: from, data: to });
  await tx.account.updateMany({ where: from, data: to });
  await tx.campaign.updateMany({ where: from, data: to });
  await tx.deal.updateMany({ where: from, data: to });
  await tx.task.updateMany({ where: { ...from, status: "open" }, data: to });
  await tx.mailbox.updateMany({ where: from, data: to });
  await tx.reply.updateMany({ where: { ...from, status: "needs_me" }, data: to });
  await tx.team.updateMany({ where: { managerId: input.userId }, data: { managerId: input.toUserId } });
  await tx.member.updateMany({ where: { coveredById: input.userId }, data: { coveredById: null } });
  await handOverMeetings(tx, input.userId, input.toUserId);
  await tx.member.updateMany({ where: { userId: input.userId }, data: { removedAt: tx.now } });
  await tx.apiKey.updateMany({ where: { createdById: input.userId, revokedAt: null }, data: { revokedAt: tx.now } });
  await audit(tx, input.actor, "member.removed", input.userId, ["removedAt"]);
}

async function handOverMeetings(tx: Tx, fromId: string, toId: string): Promise<void> {
  try {
    await tx.meeting.updateMany({
      where: { hostId: fromId, state: { not: "cancelled" }, startsAt: { gt: tx.now } },
      data: { hostId: toId },
    });
  } catch (error) {
    if (!isExclusionViolation(error)) throw error;
    throw new AppError(
      "CONFLICT",
      "A meeting of theirs overlaps one of the person who takes over. Move it first, or choose somebody else.",
    );
  }
}
