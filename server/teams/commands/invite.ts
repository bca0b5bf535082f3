import { randomBytes } from "node:crypto";
import { recordAudit } from "#server/audit/commands.ts";
import type { Role } from "#server/auth/constants.ts";
import { hashToken } from "#server/auth/queries.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { requireTeam } from "../queries/require-team.ts";

const VALID_MS = 7 * 24 * 3600 * 1000;

/**
 * An invitation is a link to copy; only the hash of its token is kept, so it is shown once. It ends by real time, also in a pretend
 * workspace, because it is used by real people.
 */
export async function invite(
  tx: Tx,
  input: { email: string | null; role: Role; teamId: string | null; actorId: string; realNow: Date },
): Promise<{ id: string; token: string }> {
  if (input.email && (await tx.member.findFirst({ where: { email: input.email, removedAt: null } }))) {
    throw new AppError("CONFLICT", `${input.email} is in this workspace already.`);
  }
  if (input.teamId) await requireTeam(tx, input.teamId);
  const token = randomBytes(24).toString("base64url");
  const id = newId();
  await tx.invitation.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      tokenHash: hashToken(token),
      email: input.email,
      role: input.role,
      teamId: input.teamId,
      invitedById: input.actorId,
      expiresAt: new Date(input.realNow.getTime() + VALID_MS),
      createdAt: tx.now,
    },
  });
  await recordAudit(tx, {
    actorId: input.actorId,
    actorKind: "person",
    action: "invitation.made",
    subjectType: "invitation",
    subjectId: id,
    fields: ["role"],
  });
  return { id, token };
}

export async function withdrawInvitation(tx: Tx, input: { id: string; actorId: string }): Promise<void> {
  const { count } = await tx.invitation.updateMany({
    where: { id: input.id, acceptedAt: null, revokedAt: null },
    data: { revokedAt: tx.now },
  });
  if (count === 0) throw new AppError("INVALID_STATE", "This invitation was used or withdrawn already.");
  await recordAudit(tx, {
    actorId: input.actorId,
    actorKind: "person",
    action: "invitation.withdrawn",
    subjectType: "invitation",
    subjectId: input.id,
  });
}

/** Whoever leaves, or may invite nobody any more, does not come back by a link that they kept. */
export async function endInvitationsOf(tx: Tx, userId: string): Promise<void> {
  await tx.invitation.updateMany({ where: { invitedById: userId, acceptedAt: null, revokedAt: null }, data: { revokedAt: tx.now } });
}
