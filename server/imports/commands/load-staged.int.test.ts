import { expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testCheck, testImport } from "#server/testing/imports.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { startImport } from "./plan-import.ts";
import { runImport } from "./run-import.ts";
import { undoImport } from "./undo-import.ts";

const { owner } = await testDatabase();
const deps = { blobs: testBlobs() };
const TABLES = ["accounts", "leads", "lead_state", "lead_search", "observations", "lead_list_members"] as const;

async function bring(workspace: TestWorkspace, people: number): Promise<string> {
  const lines = Array.from({ length: people }, (_, index) => `p${index}@c${index % 500}.example,Person ${index}`);
  const id = await testCheck(workspace, deps, `Email,Name\n${lines.join("\n")}`);
  await workspace.run((tx) => startImport(tx, id, workspace.userId));
  await runImport(deps, workspace.id, id);
  return id;
}

/** Of how many rows of the workspace the planner knows, table by table. */
async function believed({ id }: TestWorkspace): Promise<number[]> {
  const rows: number[] = [];
  for (const table of TABLES) {
    const { rows: explained } = await owner.query(`explain (format json) select from ${table} where workspace_id = $1`, [id]);
    rows.push(explained[0]["QUERY PLAN"][0].Plan["Plan Rows"]);
  }
  return rows;
}

// Whoever believes that a table holds one row of a workspace compares each row with all others: an import of thousands would take minutes.
it("tells the planner of a workspace that it never counted, and of one that it counted when it was empty", async () => {
  // What autovacuum does in its own time is not what is tested.
  for (const table of TABLES) await owner.query(`alter table ${table} set (autovacuum_enabled = false)`);
  const known = await testWorkspace();
  await bring(known, 6_000);
  await owner.query("analyze");

  const unknown = await testWorkspace();
  expect(Math.max(...(await believed(unknown)))).toBeLessThan(100);
  const id = await bring(unknown, 12_000);
  expect(Math.min(...(await believed(unknown)))).toBeGreaterThan(250);
  expect(Math.max(...(await believed(unknown)))).toBeGreaterThan(5_000);

  expect(await undoImport(unknown.id, id)).toEqual({ removed: 12_000, kept: 0 });
  await owner.query("analyze");
  expect(Math.max(...(await believed(unknown)))).toBeLessThan(100);
  await bring(unknown, 6_000);
  expect(Math.min(...(await believed(unknown)))).toBeGreaterThan(250);
});

it("finds everybody of a company by the name that a later row or file brought", async () => {
  const workspace = await testWorkspace();
  const found = async () =>
    (await workspace.run((tx) => tx.$queryRaw<unknown[]>`select search_leads('s.p.a.', 9::int)::text as id`)).length;
  await testImport(workspace, deps, "Email\nnadia@norvale.example\n");
  await testImport(workspace, deps, "Email,Company\notis@norvale.example,Norvale S.p.A.\n");
  expect(await found()).toBe(2);
  // Whose row does not say it, they are there all the same.
  await testImport(workspace, deps, "Email,Company\nmaja@norvale.example,\nivo@ondra.example,\neva@ondra.example,Ondra S.p.A.\n");
  expect(await found()).toBe(5);
});
