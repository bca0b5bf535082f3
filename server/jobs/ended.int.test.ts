import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEnginePool } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { startBulk, undoBulk } from "#server/leads/commands/run-bulk.ts";
import { requestRun } from "#server/sandbox/commands/request-run.ts";
import { endRescore, startRescore } from "#server/scoring/commands/rescore-everybody.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { attachEngine, inngest } from "./client.ts";
import { cancelJobRun } from "./commands.ts";
import { createEngine } from "./engine/engine.ts";
import { listJobRuns } from "./queries.ts";
import { functions } from "./registry.ts";
import { attachRelay, relayOnce } from "./relay.ts";

await testDatabase();
const pool = createEnginePool(8);
const engine = createEngine({ pool, client: inngest, functions });

beforeAll(async () => {
  await engine.register();
  attachEngine(engine.fetch);
  attachRelay({ pool, take: engine.take });
  await engine.drain();
});
afterAll(async () => {
  attachRelay(undefined);
  attachEngine(undefined);
  await pool.end();
});

/** As on the Jobs page, before the job began. */
async function cancelTheJob(workspace: TestWorkspace, functionId: string): Promise<void> {
  await relayOnce();
  const { items } = await workspace.run((tx) => listJobRuns(tx, { functionId, status: "queued", limit: 10 }));
  const by = { actorId: workspace.userId, actorKind: "person" as const };
  for (const { id } of items) await workspace.run((tx) => cancelJobRun(tx, { runId: id }, by));
  expect(items).toHaveLength(1);
  await engine.drain();
}
const shown = (workspace: TestWorkspace, id: string | null) =>
  workspace.run(async (tx) => (await tx.progress.findFirstOrThrow({ where: { id: id ?? "" } })).status);

describe("a job that was cancelled on the Jobs page", () => {
  it("leaves a pretend workspace in which time can pass again", async () => {
    const workspace = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const pass = () => workspace.run((tx) => requestRun(tx, { hours: 1, byId: workspace.userId }));
    const { progressId } = await pass();
    await cancelTheJob(workspace, "leadwright-sandbox-run");
    expect(await shown(workspace, progressId)).toBe("cancelled");
    await expect(pass()).resolves.toBeTruthy();
  });

  it("ends a change of many people, and its undo, which can be pressed again", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const };
    const owned = { workspaceId: workspace.id, ownerId: workspace.userId, source: "by hand" };
    const ids = Array.from({ length: 201 }, () => newId());
    const bulk = await workspace.run(async (tx) => {
      await tx.lead.createMany({
        data: ids.map((id) => ({ ...owned, id, email: `${id}@norvale.example`, fullName: id, createdAt: tx.now, updatedAt: tx.now })),
      });
      await tx.leadState.createMany({ data: ids.map((id) => ({ id, workspaceId: workspace.id, contactState: "free" })) });
      return startBulk(tx, { selection: { ids }, verb: { kind: "delete" } }, by);
    });
    await cancelTheJob(workspace, "leadwright-run-lead-bulk");
    expect(await shown(workspace, bulk.progressId)).toBe("cancelled");

    await workspace.run((tx) => tx.leadBulkItem.updateMany({ where: { bulkId: bulk.id }, data: { done: true, before: "living" } }));
    const undo = await workspace.run((tx) => undoBulk(tx, bulk.id, by));
    await cancelTheJob(workspace, "leadwright-run-lead-bulk");
    expect(await shown(workspace, undo.progressId)).toBe("cancelled");
    expect(await workspace.run((tx) => undoBulk(tx, bulk.id, by))).toMatchObject({ count: 201 });
  });

  it("does not score everybody for ever", async () => {
    const workspace = await testWorkspace();
    const { progressId } = await startRescore(workspace.id, null);
    await endRescore(workspace.id, "failed");
    expect(await shown(workspace, progressId)).toBe("failed");
  });
});
