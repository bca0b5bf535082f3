import { recordAudit } from "#server/audit/commands.ts";
import { can, type Role } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { refuseRoleChange } from "../domain/may-change-role.ts";
import { requireTeam } from "../queries/require-team.ts";
import { toRole } from "../queries.ts";
import { endInvitationsOf } from "./invite.ts";

export type Actor = { userId: string; role: Role };

/** Rights are read on every request, so a change acts with the person's next click. */
export async function changeRole(tx: Tx, input: { userId: string; role: Role; actor: Actor }): Promise<void> {
  await refuseUnlessAllowed(tx, { userId: input.userId, to: input.role, actor: input.actor });
  await tx.member.updateMany({ where: { userId: input.userId }, data: { role: input.role } });
  if (!can(input.role, "team:write")) await endInvitationsOf(tx, input.userId);
  await audit(tx, input.actor, "member.role-changed", input.userId, ["role"]);
}

export async function moveToTeam(tx: Tx, input: { userId: string; teamId: string | null; actor: Actor }): Promise<void> {
  if (input.teamId) await requireTeam(tx, input.teamId);
  const { count } = await tx.member.updateMany({ where: { userId: input.userId, removedAt: null }, data: { teamId: input.teamId } });
  if (count === 0) throw new AppError("NOT_FOUND", "This person is no longer in the workspace.");
  await audit(tx, input.actor, "member.team-changed", input.userId, ["teamId"]);
}

export async function createTeam(tx: Tx, input: { name: string; managerId: string | null; actor: Actor }): Promise<{ id: string }> {
  if (await tx.team.findFirst({ where: { name: input.name } }))
    throw new AppError("CONFLICT", `There is a team called ${input.name} already.`);
  if (input.managerId) await requirePresent(tx, input.managerId);
  const id = newId();
  await tx.team.create({ data: { id, workspaceId: tx.workspaceId, name: input.name, managerId: input.managerId, createdAt: tx.now } });
  await audit(tx, input.actor, "team.created", id, ["name"]);
  return { id };
}

/** New name, manager, or both. */
export async function changeTeam(
  tx: Tx,
  input: { id: string; name?: string | undefined; managerId?: string | null | undefined; actor: Actor },
): Promise<void> {
  const { id, name, managerId } = input;
  if (name !== undefined && (await tx.team.findFirst({ where: { name, id: { not: id } } })))
    throw new AppError("CONFLICT", `There is a team called ${name} already.`);
  if (managerId) await requirePresent(tx, managerId);
  const data = { ...(name !== undefined && { name }), ...(managerId !== undefined && { managerId }) };
  const { count } = await tx.team.updateMany({ where: { id }, data });
  if (count === 0) throw new AppError("NOT_FOUND", "This team no longer exists.");
  await audit(tx, input.actor, "team.changed", id, Object.keys(data));
}

/** Its people stay, in no team. */
export async function removeTeam(tx: Tx, input: { id: string; actor: Actor }): Promise<void> {
  await tx.$queryRaw`select 1 from teams where workspace_id = ${tx.workspaceId}::uuid and id = ${input.id}::uuid for update`;
  await tx.member.updateMany({ where: { teamId: input.id }, data: { teamId: null } });
  await tx.invitation.updateMany({ where: { teamId: input.id }, data: { teamId: null } });
  const { count } = await tx.team.deleteMany({ where: { id: input.id } });
  if (count === 0) throw new AppError("NOT_FOUND", "This team no longer exists.");
  await audit(tx, input.actor, "team.removed", input.id);
}

async function requirePresent(tx: Tx, userId: string): Promise<void> {
  if (!(await tx.member.findFirst({ where: { userId, removedAt: null } })))
    throw new AppError("NOT_FOUND", "This person is no longer in the workspace.");
}

/** Throws the sentence of the refusal; returns the member. */
export async function refuseUnlessAllowed(tx: Tx, input: { userId: string; to: Role | "removed"; actor: Actor }) {
  const member = await tx.member.findFirst({ where: { userId: input.userId, removedAt: null } });
  if (!member) throw new AppError("NOT_FOUND", "This person is no longer in the workspace.");
  // Locked, so that two owners cannot unmake each other at the same moment.
  await tx.$queryRaw`select 1 from members where workspace_id = ${tx.workspaceId}::uuid and role = 'owner' for update`;
  const owners = await tx.member.count({ where: { role: "owner", removedAt: null } });
  const refusal = refuseRoleChange({
    actor: input.actor,
    target: { userId: member.userId, role: toRole(member.role) },
    to: input.to,
    owners,
  });
  if (refusal) throw new AppError("FORBIDDEN", refusal);
  return member;
}

export function audit(tx: Tx, actor: Actor, action: string, subjectId: string, fields: string[] = []): Promise<void> {
  return recordAudit(tx, {
    actorId: actor.userId,
    actorKind: "person",
    action,
    subjectType: action.split(".")[0] ?? "member",
    subjectId,
    fields,
  });
}
