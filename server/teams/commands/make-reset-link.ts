import { recordAudit } from "#server/audit/commands.ts";
import { makeResetLink } from "#server/auth/reset-password.ts";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { toRole } from "../queries.ts";
import type { Actor } from "./change-members.ts";

/**
 * A one-time link for a colleague who lost their password. It opens everything that the person can open, so it is refused where that is
 * more than the maker runs: an owner, the operator, or somebody of another workspace.
 */
export async function makePasswordLink(workspaceId: WorkspaceId, input: { userId: string; actor: Actor }): Promise<{ token: string }> {
  const { userId, actor } = input;
  const member = await inWorkspace(workspaceId, (tx) => tx.member.findFirst({ where: { userId, removedAt: null } }));
  if (!member) throw new AppError("NOT_FOUND", "This person is no longer in the workspace.");
  if (toRole(member.role) === "owner" && actor.role !== "owner" && userId !== actor.userId)
    throw new AppError("FORBIDDEN", "Only owners make a password link for an owner.");
  const isElsewhere = await inIdentity(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    const other = await tx.member.findFirst({ where: { userId, removedAt: null, workspaceId: { not: workspaceId } } });
    return userId !== actor.userId && (user.isOperator || other !== null);
  });
  if (isElsewhere)
    throw new AppError(
      "FORBIDDEN",
      "This person is in another workspace too, or runs this Leadwright. Whoever runs it can help: npm run admin -- reset-password",
    );
  const link = await makeResetLink({ userId, madeById: actor.userId });
  await inWorkspace(workspaceId, (tx) =>
    recordAudit(tx, {
      actorId: actor.userId,
      actorKind: "person",
      action: "member.password-link-made",
      subjectType: "member",
      subjectId: userId,
    }),
  );
  return link;
}
