import { describe, expect, it } from "vitest";
import { type Permission, permissions, type Role, rolePermissions, roles } from "#server/auth/constants.ts";
import type { Membership } from "#server/auth/queries.ts";
import { newId } from "#server/core/ids.ts";
import { provenWorkspace } from "#server/core/tenancy.ts";
import { services } from "#server/services.ts";
import type { Actor } from "#server/trpc/context.ts";
import { callProcedure } from "#server/trpc/rest-calls.ts";
import { appRouter } from "#server/trpc/root.ts";
import { testDatabase } from "./database.ts";

await testDatabase();

/** Written down, not read from the code: each permission, the lowest role that has it, and the procedures that ask for it. */
const NEEDS: Partial<Record<Permission, [Role, string[]]>> = {
  "scoring:read": ["viewer", ["scoring.profile", "scoring.preview"]],
  "scoring:write": ["manager", ["scoring.save", "scoring.rescore"]],
  "leads:read": [
    "viewer",
    [
      "lists.list",
      "leads.list",
      "leads.count",
      "leads.options",
      "leads.get",
      "leads.page",
      "leads.facts",
      "leads.nextBest",
      "leads.score",
      "leads.timeline",
      "imports.status",
      "imports.get",
      "imports.list",
      "imports.check",
      "imports.errors",
      "notes.list",
    ],
  ],
  "leads:write": [
    "rep",
    [
      "lists.create",
      "leads.create",
      "leads.update",
      "leads.correctFact",
      "leads.delete",
      "leads.restore",
      "leads.bulk",
      "leads.undoBulk",
      "imports.paste",
      "imports.requestCheck",
      "imports.saveMapping",
      "imports.start",
      "imports.cancel",
      "imports.undo",
      "notes.add",
      "notes.remove",
    ],
  ],
  "leads:delete": ["manager", ["leads.erase"]],
  "messages:read": ["viewer", ["messages.list", "messages.get"]],
  "messages:settle": ["rep", ["messages.settle"]],
  "mailboxes:read": ["viewer", ["mailboxes.list"]],
  "mailboxes:write": [
    "rep",
    [
      "mailboxes.guess",
      "mailboxes.connect",
      "mailboxes.reconnect",
      "mailboxes.prove",
      "mailboxes.update",
      "mailboxes.pause",
      "mailboxes.resume",
      "mailboxes.remove",
    ],
  ],
  "suppressions:read": ["viewer", ["suppressions.list", "suppressions.check"]],
  "suppressions:write": ["rep", ["suppressions.add", "suppressions.addCompany", "suppressions.lift"]],
  "settings:write": ["admin", ["suppressions.proveReachable", "sandbox.makeReal", "setup.setHidden", "workspaces.saveSettings"]],
  "offers:read": ["viewer", ["offers.list", "offers.get"]],
  "offers:write": ["manager", ["offers.create", "offers.save", "offers.makeDefault", "offers.archive", "offers.restore"]],
  "drafts:read": ["viewer", ["drafts.list", "drafts.counts", "drafts.get", "drafts.sample"]],
  "campaigns:read": [
    "viewer",
    [
      "drafts.preview",
      "campaigns.list",
      "campaigns.options",
      "campaigns.get",
      "campaigns.stats",
      "campaigns.startSheet",
      "enrolments.list",
      "enrolments.next",
      "enrolments.split",
    ],
  ],
  "drafts:write": [
    "rep",
    ["drafts.write", "drafts.approve", "drafts.withdraw", "drafts.takeBack", "drafts.approvePassing", "drafts.edit", "drafts.reject"],
  ],
  "tasks:read": ["viewer", ["today.queue", "tasks.list", "tasks.get"]],
  "campaigns:write": [
    "rep",
    [
      "campaigns.create",
      "campaigns.update",
      "campaigns.remove",
      "campaigns.restore",
      "campaigns.previewSteps",
      "campaigns.setSteps",
      "campaigns.pause",
      "enrolments.add",
      "enrolments.remove",
      "enrolments.putBack",
      "enrolments.undoAdd",
      "enrolments.pause",
      "enrolments.resume",
    ],
  ],
  "campaigns:start": ["rep", ["campaigns.start", "campaigns.resume"]],
  "sending:pause": ["manager", ["campaigns.pauseAllSending", "campaigns.resumeAllSending"]],
  "analytics:read": ["viewer", ["reports.funnel", "reports.week", "reports.rows", "reports.weekCsv", "reports.funnelCsv"]],
  "jobs:read": ["admin", ["jobs.runs", "jobs.steps", "jobs.input", "jobs.functions", "jobs.health"]],
  "jobs:write": ["admin", ["jobs.cancel", "jobs.retry"]],
  "workspace:read": [
    "viewer",
    [
      "progress.list",
      "progress.get",
      "teams.profile",
      "teams.saveProfile",
      "audit.ofRecord",
      "navigation.frame",
      "sandbox.bar",
      "setup.get",
      "savedViews.list",
      "savedViews.save",
      "savedViews.remove",
      "workspaces.current",
    ],
  ],
  "tasks:write": ["rep", ["progress.cancel", "tasks.add", "tasks.done", "tasks.undo", "tasks.accept"]],
  "team:read": ["viewer", ["teams.page"]],
  "team:write": [
    "admin",
    [
      "teams.invite",
      "teams.withdrawInvitation",
      "teams.changeRole",
      "teams.moveToTeam",
      "teams.createTeam",
      "teams.holdings",
      "teams.changeTeam",
      "teams.removeTeam",
      "teams.passwordLink",
      "teams.removeMember",
    ],
  ],
  "audit:read": ["admin", ["audit.list"]],
  "api-keys:write": ["admin", ["apiKeys.list", "apiKeys.create", "apiKeys.rotate", "apiKeys.withdraw"]],
  "deals:read": ["viewer", ["deals.pipelines", "deals.list", "deals.board", "deals.get"]],
  "deals:write": ["rep", ["deals.create", "deals.change"]],
  "meetings:read": ["viewer", ["meetings.list", "meetings.get", "meetings.propose", "meetings.hostSlots", "meetings.pages"]],
  "meetings:write": [
    "rep",
    ["meetings.book", "meetings.reschedule", "meetings.cancel", "meetings.outcome", "meetings.clearOutcome", "meetings.savePage"],
  ],
  "sandbox:write": ["rep", ["sandbox.pass", "sandbox.run", "sandbox.storeSampleList", "sandbox.moveGuide"]],
  "replies:read": ["viewer", ["replies.list", "replies.counts", "replies.frame", "replies.get"]],
  "replies:write": ["rep", ["replies.change", "replies.undo", "replies.answer", "replies.takeBack", "replies.discard"]],
};
/** Asked for beside the procedures: the export is a stream. */
const ELSEWHERE: Partial<Record<Permission, Role>> = { "leads:export": "rep", "analytics:team": "manager", "suppressions:lift": "admin" };
/** Procedures of no workspace: visitors, the person's own account, the operator of the instance. */
const OF_NO_WORKSPACE = [
  "instance.overview",
  "instance.countSizes",
  "jobs.engine",
  "auth.me",
  "auth.acceptAsMe",
  "auth.signingIn",
  "auth.changePassword",
  "auth.disconnect",
  "auth.beginSecondStep",
  "auth.enableSecondStep",
  "auth.passSecondStep",
  "auth.disableSecondStep",
  "auth.renewRecoveryCodes",
  "auth.signOutEverywhere",
  "workspaces.create",
  "booking.page",
  "booking.slots",
  "booking.managed",
  "booking.moveSlots",
  "auth.isClaimable",
  "auth.claim",
  "auth.invitation",
  "auth.acceptInvitation",
  "auth.forgotPassword",
  "auth.isResetOpen",
  "auth.resetPassword",
  "auth.mailsLinks",
];

const workspaceId = provenWorkspace(newId());
const userId = newId();

function personIn(role: Role | null): Actor {
  const membership: Membership | null = role && { workspaceId, name: "Acme", kind: "live", role };
  const memberships = membership ? [membership] : [];
  const signedIn = {
    userId,
    fullName: "Ines Prado",
    email: "ines@acme.example",
    isOperator: false,
    singleKeys: true,
    theme: "system",
    memberships,
  };
  return { kind: "person", membership, signedIn };
}

/** Whether a procedure lets this role in; what it does inside an empty workspace is not asked. */
async function isLetIn(name: string, actor: Actor | null): Promise<boolean> {
  try {
    // No procedure accepts this, so that none runs. Those without an input run in a workspace where nothing is.
    await callProcedure(name, { services, actor }, Symbol("nothing"));
    return true;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code !== "UNAUTHORIZED" && !(code === "FORBIDDEN" && /^Only |not a member|lacks the scope|may no longer/.test(message));
  }
}

const rank = (role: Role): number => roles.indexOf(role);
const expected = (role: Role, lowest: Role): boolean => rank(role) <= rank(lowest);

/** The cells of the matrix that are not as written. */
async function faultsOf(wanted: Permission, asRoles: readonly Role[]): Promise<string[]> {
  const [lowest, names] = NEEDS[wanted] ?? ["owner", []];
  const faults: string[] = [];
  for (const role of asRoles)
    for (const name of names) if ((await isLetIn(name, personIn(role))) !== expected(role, lowest)) faults.push(`${name} as ${role}`);
  return faults;
}

describe("who may do what", () => {
  const asked = Object.entries(NEEDS) as [Permission, [Role, string[]]][];

  it("is written down for every procedure and every permission", () => {
    const written = [...asked.flatMap(([, [, names]]) => names), ...OF_NO_WORKSPACE];
    expect([...written].sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
    expect([...Object.keys(NEEDS), ...Object.keys(ELSEWHERE)].sort()).toEqual([...permissions].sort());
    for (const [permission, lowest] of Object.entries(ELSEWHERE) as [Permission, Role][])
      expect(roles.filter((role) => rolePermissions[role].includes(permission))).toEqual(roles.filter((role) => expected(role, lowest)));
  });

  it.each(asked)("%s is as written, and a change of any role's right to it is noticed", async (permission) => {
    expect(await faultsOf(permission, roles)).toEqual([]);
    for (const role of roles.filter((each) => each !== "owner"))
      expect(await withFlip(role, permission), `${role} ${permission}`).not.toEqual([]);
  });

  it("lets in nobody who is no member, and no key without the scope", async () => {
    const holder = { keyId: newId(), workspaceId, userId, role: "owner" as const, scopes: [] };
    const letIn: string[] = [];
    for (const [, [, names]] of asked)
      for (const name of names)
        for (const actor of [null, personIn(null), { kind: "api_key" as const, holder }]) if (await isLetIn(name, actor)) letIn.push(name);
    expect(letIn).toEqual([]);
  });
});

/** Gives the role the permission, or takes it away, while the matrix of that role is asked. */
async function withFlip(role: Role, permission: Permission): Promise<string[]> {
  const held = rolePermissions[role] as Permission[];
  const before = [...held];
  const after = before.includes(permission) ? before.filter((each) => each !== permission) : [...before, permission];
  held.splice(0, held.length, ...after);
  try {
    return await faultsOf(permission, [role]);
  } finally {
    held.splice(0, held.length, ...before);
  }
}
