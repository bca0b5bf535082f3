/** The due kind of what pretend people do. */
export const REACTION_DUE = "sandbox-reaction";

type Asker = { isOperator: boolean; role: string; memberships: readonly { kind: "live" | "sandbox" }[] };

/**
 * Live workspaces are opened by whoever claimed the instance. One whose pretend workspace was made for them gets from there to a first real
 * one by themselves.
 */
export function mayMakeReal({ isOperator, role, memberships }: Asker): boolean {
  return isOperator || (role === "owner" && memberships.every(({ kind }) => kind === "sandbox"));
}
