import { inIdentity } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import { hashPassword, isPasswordOf } from "./password.ts";
import { findInvitation, hashToken, isClaimable } from "./queries.ts";
import { signInInput } from "./schema.ts";
import { countGuess, forgiveAddress } from "./throttle.ts";

type AuthUser = { id: string; name: string; email: string; sessionVersion: number };

/** @returns null for a wrong pair; the same time is spent for an unknown address. @throws QUOTA_EXCEEDED after too many guesses. */
export async function verifyCredentials(input: { email: string; password: string; origin: string }): Promise<AuthUser | null> {
  const given = signInInput.safeParse(input);
  if (!given.success) return null;
  const { email, password } = given.data;
  await countGuess(email, input.origin);
  const user = await inIdentity((tx) => tx.user.findUnique({ where: { email } }));
  if (!(await isPasswordOf(user?.passwordHash ?? null, password)) || !user) return null;
  await forgiveAddress(email);
  return { id: user.id, name: user.fullName, email: user.email, sessionVersion: user.sessionVersion };
}

/** Makes the first person, who operates the instance. The token of the claim link works once. */
export async function claimInstance(input: {
  token: string;
  fullName: string;
  email: string;
  password: string;
}): Promise<{ userId: string }> {
  const gone = "This link was used already or is not the newest one. Sign in, or restart Leadwright for a new link.";
  // The link first: hashing is dear, and who has no link need not make us do it.
  if (!(await isClaimable(input.token))) throw new AppError("INVALID_STATE", gone);
  const passwordHash = await hashPassword(input.password);
  const userId = newId();
  await inIdentity(async (tx) => {
    const { count } = await tx.instance.updateMany({
      where: { id: 1, claimTokenHash: hashToken(input.token), claimedAt: null },
      data: { claimedAt: new Date(), claimedById: userId, claimTokenHash: null },
    });
    if (count === 0) throw new AppError("INVALID_STATE", gone);
    await tx.user.create({ data: { id: userId, email: input.email, fullName: input.fullName, passwordHash, isOperator: true } });
  });
  return { userId };
}

/** Joins a workspace by an invitation link: a new person sets a password, a known one proves theirs. */
export async function acceptInvitation(input: {
  token: string;
  fullName: string;
  email: string;
  password: string;
  origin?: string | undefined;
}): Promise<{ userId: string; workspaceId: WorkspaceId }> {
  // The link first: without one, nobody learns which addresses have an account, or tries passwords.
  if (!(await findInvitation(input.token)))
    throw new AppError("INVALID_STATE", "This invitation was used, withdrawn or has run out. Ask for a new link.");
  const known = await inIdentity((tx) => tx.user.findUnique({ where: { email: input.email } }));
  if (known) await countGuess(input.email, input.origin ?? "direct");
  if (known && !(await isPasswordOf(known.passwordHash, input.password))) {
    throw new AppError("FORBIDDEN", "This address has an account here already. Enter its password to join with it.");
  }
  const passwordHash = known ? null : await hashPassword(input.password);
  return join({
    token: input.token,
    email: input.email,
    fullName: known?.fullName ?? input.fullName,
    knownId: known?.id ?? null,
    passwordHash,
  });
}

/** Joins a workspace by an invitation link as who is signed in: no password is asked again. */
export async function acceptAsSignedIn(input: { token: string; userId: string }): Promise<{ userId: string; workspaceId: WorkspaceId }> {
  const user = await inIdentity((tx) => tx.user.findUniqueOrThrow({ where: { id: input.userId } }));
  return join({ token: input.token, email: user.email, fullName: user.fullName, knownId: user.id, passwordHash: null });
}

async function join(input: {
  token: string;
  email: string;
  fullName: string;
  knownId: string | null;
  passwordHash: string | null;
}): Promise<{ userId: string; workspaceId: WorkspaceId }> {
  return inIdentity(async (tx) => {
    const now = new Date();
    const invitation = await tx.invitation.findFirst({
      where: { tokenHash: hashToken(input.token), acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    });
    if (!invitation) throw new AppError("INVALID_STATE", "This invitation was used, withdrawn or has run out. Ask for a new link.");
    if (invitation.email && invitation.email !== input.email)
      throw new AppError("FORBIDDEN", `This invitation is for ${invitation.email}.`);
    const userId = input.knownId ?? newId();
    if (!input.knownId)
      await tx.user.create({ data: { id: userId, email: input.email, fullName: input.fullName, passwordHash: input.passwordHash } });
    const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: invitation.workspaceId } });
    // Nobody's role changes by a link: the only owner would unmake themselves.
    if (await tx.member.findFirst({ where: { workspaceId: workspace.id, userId, removedAt: null }, select: { userId: true } }))
      throw new AppError(
        "INVALID_STATE",
        `You are in ${workspace.name} already. Nothing was changed, and the link still works for somebody else.`,
      );
    await tx.member.upsert({
      where: { workspaceId_userId: { workspaceId: workspace.id, userId } },
      create: {
        workspaceId: workspace.id,
        userId,
        fullName: input.fullName,
        email: input.email,
        role: invitation.role,
        teamId: invitation.teamId,
        timeZone: workspace.timeZone,
        hours: { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" },
        createdAt: workspace.clockAt ?? now,
      },
      update: { role: invitation.role, teamId: invitation.teamId, removedAt: null },
    });
    const { count } = await tx.invitation.updateMany({
      where: { id: invitation.id, acceptedAt: null },
      data: { acceptedAt: now, acceptedById: userId },
    });
    if (count === 0) throw new AppError("CONFLICT", "This invitation was just used.");
    return { userId, workspaceId: provenWorkspace(workspace.id) };
  });
}

/** Every session of this person ends with its next request. */
export async function signOutEverywhere(userId: string): Promise<void> {
  await inIdentity((tx) => tx.user.update({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } }));
}

/** A new password by who knows the old one; every other session ends, and so do links to choose one. */
export async function changePassword(input: { userId: string; current: string; next: string; origin: string }): Promise<void> {
  const user = await inIdentity((tx) => tx.user.findUniqueOrThrow({ where: { id: input.userId } }));
  await countGuess(user.email, input.origin);
  if (!(await isPasswordOf(user.passwordHash, input.current))) throw new AppError("INVALID_INPUT", "The current password is not right.");
  await forgiveAddress(user.email);
  const passwordHash = await hashPassword(input.next);
  await inIdentity(async (tx) => {
    await tx.passwordReset.deleteMany({ where: { userId: user.id, usedAt: null } });
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, sessionVersion: { increment: 1 } } });
  });
}

/** Disconnects a Google or Microsoft account. @throws INVALID_STATE when nothing would be left to sign in with. */
export async function disconnectOutside(input: { userId: string; id: string }): Promise<void> {
  await inIdentity(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: input.userId }, include: { outsideAccounts: true } });
    if (!user.passwordHash && user.outsideAccounts.length < 2)
      throw new AppError("INVALID_STATE", "This is the only way that you sign in. Ask an admin for a password link first.");
    await tx.outsideAccount.deleteMany({ where: { id: input.id, userId: input.userId } });
  });
}
