import type * as z from "zod";
import { type Role, roles, seesEverything } from "#server/auth/constants.ts";
import { dayAt, parseIsoDay } from "#server/campaigns/domain/zone-days.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { type Holdings, type profileView, type teamPage, workingHours } from "./schema.ts";

export type Viewer = { userId: string; role: Role };

/**
 * Whose records this person may see: null means everybody's. The rule itself (own, team or all; a team's manager; who covers for somebody)
 * is the database's function visible_owners, which row security asks too. People without a team are one team, so that a workspace in
 * which nobody made teams shows everything to everybody under "team".
 */
export async function listVisibleOwners(tx: Tx, viewer: Viewer): Promise<string[] | null> {
  if (seesEverything(viewer.role)) return null;
  const rows = await tx.$queryRaw<{ owners: string[] | null }[]>`
    select case when w.visibility <> 'all' then visible_owners(${viewer.userId}::uuid) end as owners
    from workspaces w where w.id = ${tx.workspaceId}::uuid`;
  return rows[0] ? rows[0].owners : [];
}

/** For the answer of a change that was allowed: it may have given the record to somebody whose work they do not see. */
export function asChanger({ userId }: Viewer): Viewer {
  return { userId, role: "owner" };
}

/** `and owner_id = any(…)` for raw SQL; nothing where everything may be seen. */
export function ownedBy(column: Prisma.Sql, owners: readonly string[] | null): Prisma.Sql {
  return owners === null ? Prisma.empty : Prisma.sql`and ${column} = any(${[...owners]}::uuid[])`;
}

/** The same for Prisma's where. */
export function whereOwner(owners: readonly string[] | null): { ownerId?: { in: string[] } } {
  return owners === null ? {} : { ownerId: { in: [...owners] } };
}

/** Everybody in the workspace, its teams, and the invitations that still work. `realNow`: invitations end by real time. */
export async function getTeamPage(tx: Tx, input: { realNow: Date }): Promise<z.output<typeof teamPage>> {
  const members = await tx.member.findMany({ where: { removedAt: null }, orderBy: [{ fullName: "asc" }, { userId: "asc" }] });
  const teams = await tx.team.findMany({ orderBy: { name: "asc" } });
  const invitations = await tx.invitation.findMany({
    where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: input.realNow } },
    orderBy: { createdAt: "desc" },
  });
  const mailboxes = await tx.mailbox.groupBy({ by: ["ownerId"], where: { removedAt: null }, _count: true });
  const mailboxesOf = new Map(mailboxes.map((row) => [row.ownerId, row._count]));
  const nameOf = new Map(members.map((member) => [member.userId, member.fullName]));
  const teamName = new Map(teams.map((team) => [team.id, team.name]));

  return {
    members: members.map((member) => ({
      userId: member.userId,
      fullName: member.fullName,
      email: member.email,
      role: toRole(member.role),
      teamId: member.teamId,
      teamName: member.teamId ? (teamName.get(member.teamId) ?? null) : null,
      timeZone: member.timeZone,
      awayFrom: toDay(member.awayFrom),
      awayUntil: toDay(member.awayUntil),
      isAway: isAwayOn(member, dayAt(member.timeZone, tx.now.getTime())),
      coveredBy: member.coveredById ? (nameOf.get(member.coveredById) ?? null) : null,
      mailboxes: mailboxesOf.get(member.userId) ?? 0,
    })),
    teams: teams.map((team) => ({
      id: team.id,
      name: team.name,
      managerId: team.managerId,
      people: members.filter((member) => member.teamId === team.id).length,
    })),
    invitations: invitations.map((invitation) => ({
      id: invitation.id,
      email: invitation.email,
      role: toRole(invitation.role),
      teamName: invitation.teamId ? (teamName.get(invitation.teamId) ?? null) : null,
      invitedBy: nameOf.get(invitation.invitedById) ?? null,
      expiresAt: invitation.expiresAt,
    })),
  };
}

/** What a colleague would take over: "212 leads, 9 tasks, 4 meetings, 3 deals, 1 mailbox". */
export async function countHoldings(tx: Tx, input: { userId: string }): Promise<Holdings> {
  const mine = { ownerId: input.userId };
  return {
    leads: await tx.lead.count({ where: { ...mine, deletedAt: null } }),
    companies: await tx.account.count({ where: mine }),
    campaigns: await tx.campaign.count({ where: { ...mine, deletedAt: null } }),
    deals: await tx.deal.count({ where: mine }),
    tasks: await tx.task.count({ where: { ...mine, status: "open" } }),
    meetings: await tx.meeting.count({ where: { hostId: input.userId, state: { not: "cancelled" }, startsAt: { gt: tx.now } } }),
    mailboxes: await tx.mailbox.count({ where: { ...mine, removedAt: null } }),
    replies: await tx.reply.count({ where: { ...mine, status: "needs_me" } }),
    teams: await tx.team.count({ where: { managerId: input.userId } }),
  };
}

export async function getProfile(tx: Tx, input: { userId: string; singleKeys: boolean }): Promise<z.output<typeof profileView>> {
  const member = await tx.member.findFirstOrThrow({ where: { userId: input.userId } });
  const hours = workingHours.safeParse(member.hours);
  const colleagues = await tx.member.findMany({
    where: { userId: { not: input.userId }, removedAt: null, role: { not: "viewer" } },
    select: { userId: true, fullName: true },
    orderBy: [{ fullName: "asc" }, { userId: "asc" }],
  });
  return {
    fullName: member.fullName,
    email: member.email,
    signature: member.signature,
    timeZone: member.timeZone,
    hours: hours.success ? hours.data : { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" },
    singleKeys: input.singleKeys,
    // What has passed is no absence any more.
    away:
      member.awayFrom && member.awayUntil && parseIsoDay(toDay(member.awayUntil) ?? "") >= dayAt(member.timeZone, tx.now.getTime())
        ? { from: toDay(member.awayFrom) ?? "", until: toDay(member.awayUntil) ?? "", coveredById: member.coveredById }
        : null,
    colleagues: colleagues.map(({ userId, fullName }) => ({ userId, name: fullName })),
  };
}

export function toRole(role: string): Role {
  return roles.find((known) => known === role) ?? "viewer";
}

function toDay(at: Date | null): string | null {
  return at ? at.toISOString().slice(0, 10) : null;
}

/** Both days included, counted in their own zone. */
function isAwayOn(member: { awayFrom: Date | null; awayUntil: Date | null }, day: number): boolean {
  const [from, until] = [toDay(member.awayFrom), toDay(member.awayUntil)];
  return from !== null && until !== null && parseIsoDay(from) <= day && day <= parseIsoDay(until);
}
