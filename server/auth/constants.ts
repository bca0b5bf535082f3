/** Isomorphic: procedures and screens read the same table. */
export const roles = ["owner", "admin", "manager", "rep", "viewer"] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  "workspace:read",
  "settings:write",
  "team:read",
  "team:write",
  "api-keys:write",
  "audit:read",
  "jobs:read",
  "jobs:write",
  "offers:read",
  "offers:write",
  "scoring:read",
  "scoring:write",
  "leads:read",
  "leads:write",
  "leads:export",
  "leads:delete",
  "campaigns:read",
  "campaigns:write",
  "campaigns:start",
  "sending:pause",
  "drafts:read",
  "drafts:write",
  "messages:read",
  "messages:settle",
  "mailboxes:read",
  "mailboxes:write",
  "suppressions:read",
  "suppressions:write",
  "suppressions:lift",
  "replies:read",
  "replies:write",
  "meetings:read",
  "meetings:write",
  "deals:read",
  "deals:write",
  "tasks:read",
  "tasks:write",
  "analytics:read",
  "analytics:team",
  "sandbox:write",
] as const;
export type Permission = (typeof permissions)[number];

const viewer: Permission[] = [
  "workspace:read",
  "team:read",
  "offers:read",
  "scoring:read",
  "leads:read",
  "campaigns:read",
  "drafts:read",
  "messages:read",
  "mailboxes:read",
  "suppressions:read",
  "replies:read",
  "meetings:read",
  "deals:read",
  "tasks:read",
  "analytics:read",
];
const rep: Permission[] = [
  ...viewer,
  "leads:write",
  "leads:export",
  "campaigns:write",
  "campaigns:start",
  "drafts:write",
  "messages:settle",
  "mailboxes:write",
  "suppressions:write",
  "replies:write",
  "meetings:write",
  "deals:write",
  "tasks:write",
  "sandbox:write",
];
const manager: Permission[] = [...rep, "offers:write", "scoring:write", "leads:delete", "sending:pause", "analytics:team"];
const admin: Permission[] = [
  ...manager,
  "settings:write",
  "team:write",
  "api-keys:write",
  "audit:read",
  "jobs:read",
  "jobs:write",
  "suppressions:lift",
];

export const rolePermissions: Record<Role, readonly Permission[]> = { viewer, rep, manager, admin, owner: admin };

export function can(role: Role, permission: Permission): boolean {
  return rolePermissions[role].includes(permission);
}

/** Own, team or all binds everybody else, in lists, counts, reports and exports. */
export function seesEverything(role: Role): boolean {
  return role === "owner" || role === "admin";
}

/** Who can do it, for the sentence of a refusal: the lowest role that may. */
export function lowestRoleFor(permission: Permission): Role {
  return (["viewer", "rep", "manager", "admin"] as const).find((role) => can(role, permission)) ?? "owner";
}
export const roleNames: Record<Role, string> = { owner: "owners", admin: "admins", manager: "managers", rep: "reps", viewer: "viewers" };
