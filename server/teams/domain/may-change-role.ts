import type { Role } from "#server/auth/constants.ts";

type Change = { actor: { userId: string; role: Role }; target: { userId: string; role: Role }; to: Role | "removed"; owners: number };

/** Why this change of a person's place is refused, or null. A workspace always keeps an owner, and only owners make or unmake owners. */
export function refuseRoleChange({ actor, target, to, owners }: Change): string | null {
  const touchesOwner = target.role === "owner" || to === "owner";
  if (touchesOwner && actor.role !== "owner") return "Only an owner can make or change owners.";
  if (target.role === "owner" && to !== "owner" && owners <= 1)
    return "A workspace keeps at least one owner. Make somebody else an owner first.";
  if (to === "removed" && actor.userId === target.userId) return "You cannot remove yourself. Ask another admin.";
  return null;
}
