import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Membership } from "#server/auth/queries.ts";
import { AppError } from "#server/core/errors.ts";
import { services } from "#server/services.ts";
import { callProcedure } from "#server/trpc/rest-calls.ts";
import { appRouter } from "#server/trpc/root.ts";
import { testDatabase } from "./database.ts";
import { NOW } from "./large-rows.ts";
import { fillLargeWorkspaces } from "./large-workspace.ts";
import { COUNTS, EXCUSED, planCases } from "./plan-cases.ts";
import { badScans, hearQueries, planOf, readLargeTables } from "./plans.ts";
import { type TestWorkspace, testMember, testWorkspace } from "./workspace.ts";

/**
 * Every list, look-up and search of the router is asked as who sees everything (app_role) and as who sees their own (viewer_role), over
 * tables of 200,000 rows; each statement that it sent is explained as the same role. A large table read from end to end, or rows thrown
 * away by the thousand where an index condition was meant, fails.
 */
const { owner } = await testDatabase();
const queries = hearQueries();
let workspace: TestWorkspace;
let rep: string;
let large: Set<string>;

beforeAll(async () => {
  workspace = await testWorkspace({ clockAt: NOW });
  rep = await testMember(workspace, { fullName: "Rui Alves" });
  await owner.query("update workspaces set visibility = 'own' where id = $1", [workspace.id]);
  const other = await testWorkspace({ clockAt: NOW });
  await fillLargeWorkspaces(owner, [
    { id: workspace.id, ownerOf: (n) => `case when ${n} % 400 = 0 then '${rep}' else '${workspace.userId}' end` },
    { id: other.id, ownerOf: () => `'${other.userId}'` },
  ]);
  large = await readLargeTables(owner);
}, 300_000);
afterAll(() => queries.stop());

const asked = planCases({ id: "", userId: "" });
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>);

it("every query of the router is asked, or excused with a reason", () => {
  const reads = procedures.filter(([, { _def }]) => _def.type === "query").map(([path]) => path);
  expect([...Object.keys(asked), ...Object.keys(EXCUSED)].sort()).toEqual([...reads].sort());
  expect(Object.keys(COUNTS).filter((path) => !asked[path])).toEqual([]);
  expect(large.size).toBeGreaterThan(20);
});

describe.each(["owner", "rep"] as const)("as %s", (role) => {
  const cases = Object.entries(asked).flatMap(([path, inputs]) => inputs.map((_, at) => ({ name: `${path} #${at}`, path, at })));

  it.each(cases)("$name", async ({ path, at }) => {
    let input = planCases(workspace)[path]?.[at] ?? {};
    const bad: string[] = [];
    for (let page = 1; page <= 2; page++) {
      const { heard, answer } = await ask(role, path, input);
      for (const each of heard) {
        if (COUNTS[path] && /\bcount\(/i.test(each.text)) continue;
        for (const { table, why } of badScans(await planOf(owner, each), large))
          bad.push(`page ${page}: ${table} ${why}\n${each.text.slice(0, 400)}`);
      }
      const cursor = (answer as { nextCursor?: string } | null)?.nextCursor;
      if (!cursor) break;
      input = { ...input, cursor };
    }
    expect(bad, bad.join("\n")).toEqual([]);
  });
});

/** What the procedure sent and answered; nothing of what somebody may not do or see, which the owner of a workspace always may. */
async function ask(role: "owner" | "rep", path: string, input: Record<string, unknown>) {
  const userId = role === "owner" ? workspace.userId : rep;
  const membership: Membership = { workspaceId: workspace.id, name: "Acme", kind: "sandbox", role };
  const person = { fullName: "Ines", email: "i@acme.example", isOperator: false, singleKeys: true, theme: "system" };
  const signedIn = { ...person, userId, memberships: [membership] };
  queries.heard.length = 0;
  const answer = await callProcedure(path, { services, actor: { kind: "person", signedIn, membership } }, input).catch((error: Error) => {
    if (role === "rep" && error.cause instanceof AppError && ["FORBIDDEN", "NOT_FOUND"].includes(error.cause.code)) return null;
    throw error;
  });
  const heard = [...queries.heard];
  if (answer !== null) expect(heard.length).toBeGreaterThan(0);
  return { heard, answer };
}
