import { inIdentity, inWorkspace, isExclusionViolation, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { HandOutNoun } from "../schema.ts";
import { type Actor, audit, refuseUnlessAllowed } from "./change-members.ts";
import { endInvitationsOf } from "./invite.ts";

type Removal = { userId: string; toUserId: string; others: Partial<Record<HandOutNoun, string>>; actor: Actor };

/** Removes somebody and ends their sessions at once: every one of them asks the database with its next request. */
export async function removeMember(workspaceId: WorkspaceId, input: Removal): Promise<void> {
  await inWorkspace(workspaceId, (tx) => handOut(tx, input));
  await inIdentity((tx) => tx.user.update({ where: { id: input.userId }, data: { sessionVersion: { increment: 1 } } }));
}

/**
 * Everything that somebody holds goes to colleagues in the same transaction as their leaving, so that nothing is left without an owner.
 * Past meetings and finished work keep their names. The database notes every change of owner; the people concerned say so on their timeline.
 */
async function handOut(tx: Tx, input: Removal): Promise<void> {
  await refuseUnlessAllowed(tx, { userId: input.userId, to: "removed", actor: input.actor });
  const heir = (noun: HandOutNoun) => input.others[noun] ?? input.toUserId;
  for (const userId of new Set([input.toUserId, ...Object.values(input.others)])) await requireHeir(tx, userId, input.userId);

  const from = { ownerId: input.userId };
  const to = (noun: HandOutNoun) => ({ ownerId: heir(noun) });
  await sayOnTimelines(tx, input, heir);
  await tx.lead.updateMany({ where: from, data: to("leads") });
  await tx.account.updateMany({ where: from, data: to("companies") });
  await tx.campaign.updateMany({ where: from, data: to("campaigns") });
  await tx.deal.updateMany({ where: from, data: to("deals") });
  await tx.task.updateMany({ where: { ...from, status: "open" }, data: to("tasks") });
  await tx.mailbox.updateMany({ where: from, data: to("mailboxes") });
  await tx.reply.updateMany({ where: { ...from, status: "needs_me" }, data: to("replies") });
  await tx.enrolment.updateMany({
    where: { senderId: input.userId, status: { in: ["active", "paused"] } },
    data: { senderId: heir("mailboxes") },
  });
  await tx.team.updateMany({ where: { managerId: input.userId }, data: { managerId: heir("teams") } });
  await tx.member.updateMany({ where: { coveredById: input.userId }, data: { coveredById: null } });
  await handOverMeetings(tx, input.userId, heir("meetings"));
  await tx.member.updateMany({ where: { userId: input.userId }, data: { removedAt: tx.now } });
  await endInvitationsOf(tx, input.userId);
  await tx.apiKey.updateMany({ where: { createdById: input.userId, revokedAt: null }, data: { revokedAt: tx.now } });
  await audit(tx, input.actor, "member.removed", input.userId, ["removedAt"]);
}

async function requireHeir(tx: Tx, userId: string, leavingId: string): Promise<void> {
  if (userId === leavingId) throw new AppError("INVALID_INPUT", "Choose somebody else to take over.");
  const heir = await tx.member.findFirst({ where: { userId, removedAt: null } });
  if (!heir) throw new AppError("NOT_FOUND", "The person who takes over is no longer in the workspace.");
  if (heir.role === "viewer") throw new AppError("INVALID_INPUT", "A viewer cannot own work. Choose a rep, manager or admin.");
}

/** "New owner" on every person, by one statement however many there are. */
async function sayOnTimelines(tx: Tx, input: Removal, heir: (noun: HandOutNoun) => string): Promise<void> {
  await tx.$executeRaw`
    insert into activities (id, workspace_id, kind, lead_id, actor_id, detail, occurred_at)
    select gen_random_uuid(), ${tx.workspaceId}::uuid, 'lead/assigned', l.id, ${input.actor.userId}::uuid,
      jsonb_build_object('ownerId', ${heir("leads")}::text, 'from', ${input.userId}::text), ${tx.now}
    from leads l where l.workspace_id = ${tx.workspaceId}::uuid and l.owner_id = ${input.userId}::uuid and l.deleted_at is null`;
}

async function handOverMeetings(tx: Tx, fromId: string, toId: string): Promise<void> {
  try {
    await tx.meeting.updateMany({
      where: { hostId: fromId, state: { not: "cancelled" }, startsAt: { gt: tx.now } },
      data: { hostId: toId },
    });
    await tx.$executeRaw`
      update busy_blocks b set host_id = ${toId}::uuid from meetings m
      where b.workspace_id = ${tx.workspaceId}::uuid and b.host_id = ${fromId}::uuid and b.released_at is null
        and m.workspace_id = b.workspace_id and m.id = b.meeting_id and m.host_id = ${toId}::uuid`;
    // Links that are already out there keep leading to somebody.
    await tx.bookingPage.updateMany({ where: { ownerId: fromId }, data: { ownerId: toId } });
  } catch (error) {
    if (!isExclusionViolation(error)) throw error;
    throw new AppError(
      "CONFLICT",
      "A meeting of theirs overlaps one of the person who takes over. Move it first, or choose somebody else.",
    );
  }
}
