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

/** A person and one of their workspaces; without one, its columns are null. */
type SignedInRow = Omit<SignedIn, "userId" | "memberships" | "hasSecondStep"> & {
  hasSecondStep: boolean;
  hasPassed: boolean;
  workspaceId: string | null;
  name: string;
  kind: string;
  requiresSecondStep: boolean;
  role: string;
};

/**
 * The person of a session, or null when they were signed out everywhere since, are gone, or still owe the second step. Asked on every
 * request.
 */
export async function findSignedIn(userId: string, sessionVersion: number, sessionId: string | null = null): Promise<SignedIn | null> {
  const rows = await inIdentity(
    (tx) => tx.$queryRaw<SignedInRow[]>`
      select u.full_name as "fullName", u.email, u.is_operator as "isOperator", u.single_keys as "singleKeys", u.theme,
        u.totp_enabled_at is not null as "hasSecondStep",
        exists (select 1 from second_steps s where s.session_id = ${sessionId}::uuid and s.user_id = u.id) as "hasPassed",
        w.id as "workspaceId", w.name, w.kind, w.requires_second_step as "requiresSecondStep", m.role
      from users u
      left join members m on m.user_id = u.id and m.removed_at is null
      left join workspaces w on w.id = m.workspace_id
      where u.id = ${userId}::uuid and u.session_version = ${sessionVersion}
      order by m.created_at, m.workspace_id`,
  );
  const user = rows[0];
  if (!user || (user.hasSecondStep && !user.hasPassed)) return null;
  const { fullName, email, isOperator, singleKeys, theme, hasSecondStep } = user;
  const memberships = rows.flatMap(({ workspaceId, name, kind, role, requiresSecondStep }) =>
    workspaceId === null
      ? []
      : [
          {
            workspaceId: provenWorkspace(workspaceId),
            name,
            kind: kind === "sandbox" ? ("sandbox" as const) : ("live" as const),
            role: toRole(role),
            needsSecondStep: requiresSecondStep && !hasSecondStep,
          },
        ],
  );
  return { userId, fullName, email, isOperator, singleKeys, theme, hasSecondStep, memberships };
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
