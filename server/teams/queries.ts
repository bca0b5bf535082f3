import type { Role } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

export type Viewer = { userId: string; role: Role };

/**
 * Whose records this person may see: null means everybody's. Own, team or all is a setting of the workspace; it holds in counts too.
 * Owners and admins see everything; who manages a team always sees that team. People without a team are one team, so that a
 * workspace in which nobody made teams shows everything to everybody under "team".
 */
export async function listVisibleOwners(tx: Tx, viewer: Viewer): Promise<string[] | null> {
  if (viewer.role === "owner" || viewer.role === "admin") return null;
  const workspace = await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { visibility: true } });
  if (!workspace || workspace.visibility === "all") return null;
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    select m.user_id as "userId" from members m
    where m.workspace_id = ${tx.workspaceId}::uuid and (
      m.user_id = ${viewer.userId}::uuid
      or m.team_id in (select t.id from teams t where t.workspace_id = ${tx.workspaceId}::uuid and t.manager_id = ${viewer.userId}::uuid)
      or (${workspace.visibility} = 'team' and exists (
        select 1 from members me where me.workspace_id = ${tx.workspaceId}::uuid and me.user_id = ${viewer.userId}::uuid
          and me.team_id is not distinct from m.team_id))
      or (${workspace.visibility} = 'own' and m.covered_by_id = ${viewer.userId}::uuid and m.away_from <= ${tx.now} and m.away_until >= ${tx.now}))`;
  return rows.map((row) => row.userId);
}

/** `and owner_id = any(…)` for raw SQL; nothing where everything may be seen. */
export function ownedBy(column: Prisma.Sql, owners: readonly string[] | null): Prisma.Sql {
  return owners === null ? Prisma.empty : Prisma.sql`and ${column} = any(${[...owners]}::uuid[])`;
}

/** The same for Prisma's where. */
export function whereOwner(owners: readonly string[] | null): { ownerId?: { in: string[] } } {
  return owners === null ? {} : { ownerId: { in: [...owners] } };
}
