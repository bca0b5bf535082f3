import { createHash } from "node:crypto";
import { type IdentityTx, inIdentity } from "#server/core/db.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import { type Role, roles } from "./constants.ts";

export type Membership = {
  workspaceId: WorkspaceId;
  name: string;
  kind: "live" | "sandbox";
  role: Role;
  /** This workspace asks for a second step that the person has not set up yet: it stays shut until they have. */
  needsSecondStep?: boolean;
};
export type SignedIn = {
  userId: string;
  fullName: string;
  email: string;
  isOperator: boolean;
  singleKeys: boolean;
  theme: string;
  hasSecondStep?: boolean;
  memberships: Membership[];
};
export type KeyHolder = { keyId: string; workspaceId: WorkspaceId; userId: string; role: Role; scopes: string[] };

/** Signed in with a password or an outside account, and still owing the second step: nobody, until it is passed. */
export type Pending = { userId: string; email: string };

/**
 * The person of a session, or null when they were signed out everywhere since, are gone, or still owe the second step. Asked on every
 * request.
 */
export async function findSignedIn(userId: string, sessionVersion: number, sessionId: string | null = null): Promise<SignedIn | null> {
  return inIdentity(async (tx) => {
    const user = await tx.user.findFirst({ where: { id: userId, sessionVersion } });
    if (!user || (user.totpEnabledAt && !(await hasPassed(tx, userId, sessionId)))) return null;
    const members = await tx.member.findMany({ where: { userId, removedAt: null }, orderBy: { createdAt: "asc" } });
    const workspaces = await tx.workspace.findMany({
      where: { id: { in: members.map((member) => member.workspaceId) } },
      select: { id: true, name: true, kind: true, requiresSecondStep: true },
    });
    const byId = new Map(workspaces.map((workspace) => [workspace.id, workspace]));
    return {
      userId,
      fullName: user.fullName,
      email: user.email,
      isOperator: user.isOperator,
      singleKeys: user.singleKeys,
      theme: user.theme,
      hasSecondStep: user.totpEnabledAt !== null,
      memberships: members.flatMap((member) => {
        const workspace = byId.get(member.workspaceId);
        if (!workspace) return [];
        return [
          {
            workspaceId: provenWorkspace(workspace.id),
            name: workspace.name,
            kind: workspace.kind === "sandbox" ? ("sandbox" as const) : ("live" as const),
            role: toRole(member.role),
            needsSecondStep: workspace.requiresSecondStep && user.totpEnabledAt === null,
          },
        ];
      }),
    };
  });
}

/** Who owes the second step in this session; null for everybody else. */
export async function findPending(userId: string, sessionVersion: number, sessionId: string): Promise<Pending | null> {
  return inIdentity(async (tx) => {
    const user = await tx.user.findFirst({ where: { id: userId, sessionVersion, totpEnabledAt: { not: null } } });
    return user && !(await hasPassed(tx, userId, sessionId)) ? { userId, email: user.email } : null;
  });
}

async function hasPassed(tx: IdentityTx, userId: string, sessionId: string | null): Promise<boolean> {
  if (!sessionId) return false;
  return (await tx.secondStep.findFirst({ where: { sessionId, userId } })) !== null;
}

/** The holder of an API key: one workspace, with the rights of its maker at most. Marks the key as used. */
export async function findKeyHolder(key: string): Promise<KeyHolder | null> {
  return inIdentity(async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { keyHash: hashToken(key), revokedAt: null } });
    const now = new Date();
    if (!row || (row.expiresAt && row.expiresAt <= now)) return null;
    const member = await tx.member.findFirst({ where: { workspaceId: row.workspaceId, userId: row.createdById, removedAt: null } });
    if (!member) return null;
    await tx.$executeRaw`update api_keys set last_used_at = ${now} where id = ${row.id}::uuid and (last_used_at is null or last_used_at < ${new Date(now.getTime() - 60_000)})`;
    return {
      keyId: row.id,
      workspaceId: provenWorkspace(row.workspaceId),
      userId: row.createdById,
      role: toRole(member.role),
      scopes: row.scopes,
    };
  });
}

/** Tokens are long and random, so one round of sha-256 is enough to keep them out of the database. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function toRole(role: string): Role {
  return roles.find((known) => known === role) ?? "viewer";
}

/** How this person signs in, and what is set up here. */
export async function getSigningIn(userId: string) {
  return inIdentity(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { outsideAccounts: { orderBy: { linkedAt: "asc" } } } });
    const members = await tx.member.findMany({ where: { userId, removedAt: null }, select: { workspaceId: true } });
    const asking = await tx.workspace.findFirst({
      where: { id: { in: members.map((member) => member.workspaceId) }, requiresSecondStep: true },
      select: { name: true },
    });
    return {
      email: user.email,
      hasPassword: user.passwordHash !== null,
      secondStepSince: user.totpEnabledAt,
      recoveryCodesLeft: await tx.recoveryCode.count({ where: { userId, usedAt: null } }),
      askedBy: asking?.name ?? null,
      outside: user.outsideAccounts.map(({ id, provider, label, lastUsedAt }) => ({ id, provider, label, lastUsedAt })),
    };
  });
}

export async function isClaimable(token: string): Promise<boolean> {
  const instance = await inIdentity((tx) => tx.instance.findUnique({ where: { id: 1 } }));
  return instance !== null && instance.claimedAt === null && instance.claimTokenHash === hashToken(token);
}

/** What an invitation link offers; null when it was used, withdrawn or has run out. */
export async function findInvitation(token: string): Promise<{ workspaceName: string; role: Role; email: string | null } | null> {
  return inIdentity(async (tx) => {
    const invitation = await tx.invitation.findFirst({
      where: { tokenHash: hashToken(token), acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    });
    if (!invitation) return null;
    const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: invitation.workspaceId } });
    return { workspaceName: workspace.name, role: toRole(invitation.role), email: invitation.email };
  });
}
