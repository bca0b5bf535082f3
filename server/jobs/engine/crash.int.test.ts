import { rmSync } from "node:fs";
import pg from "pg";
import { describe, expect, it, vi } from "vitest";
import { migrateDatabase } from "#server/core/migrate.ts";
import { crashKit } from "#server/testing/crash.ts";
import { testDatabase } from "#server/testing/database.ts";
import { startPostgres } from "../../../bin/lib/postgres.mjs";
import { scratchFolder } from "../../../bin/lib/scratch.mjs";

// Each test starts real processes; on a busy machine their start is what takes time.
vi.setConfig({ testTimeout: 90_000 });
const database = await testDatabase();
const { startWorker, died, put, until, untilDone, executions, executionCount } = crashKit(database);

describe("a worker killed at any instruction", () => {
  it.each([
    ["relay.before-commit", 1],
    ["engine.job-begun", 3],
    ["engine.after-checkpoint", 7],
    ["engine.function-answered", 2],
    ["engine.before-apply-commit", 2],
    ["engine.after-apply-commit", 2],
  ])("at %s loses nothing and repeats at most the step it was in", async (point, pass) => {
    const killed = startWorker(`${point}:${pass}`);
    const end = died(killed);
    await put("crash/chain", 6);
    expect(await end).toBe("SIGKILL");

    startWorker();
    await untilDone(6);
    const counts = executions();
    expect(counts.size).toBe(30);
    const repeated = [...counts.values()].filter((count) => count > 1);
    // Each function that was in flight may repeat the one step whose result was not durable yet.
    expect(repeated.every((count) => count === 2)).toBe(true);
    expect(repeated.length).toBeLessThanOrEqual(6);
    const { rows } = await database.owner.query("select count(*)::int as steps from engine.steps");
    expect(rows[0]).toEqual({ steps: 30 });
  });

  it("while timers are being started starts each of them once", async () => {
    const killed = startWorker("engine.sleeper-woken:2");
    const end = died(killed);
    await put("crash/nap", 3);
    expect(await end).toBe("SIGKILL");
    startWorker();
    await untilDone(3);
    const after = [...executions().entries()].filter(([line]) => line.endsWith("after"));
    expect(after.sort()).toEqual([1, 2, 3].map((n) => [`nap ${n} after`, 1]));
  });

  it("gives back the places it held", async () => {
    const killed = startWorker("engine.function-answered:3");
    const end = died(killed);
    await put("crash/narrow", 10);
    expect(await end).toBe("SIGKILL");
    startWorker();
    await untilDone(10);
    const { rows } = await database.owner.query(
      "select (select count(*) from engine.slots)::int + (select count(*) from engine.waiting)::int as held",
    );
    expect(rows[0]).toEqual({ held: 0 });
  });
});

describe("a worker that is asked to stop", () => {
  it("ends after the step it is in, and the next one goes on without repeating any", async () => {
    const asked = startWorker();
    const end = died(asked);
    await put("crash/slow", 3);
    await until(() => executionCount() > 4);
    const at = Date.now();
    asked.kill("SIGTERM");
    expect(await end).toBeNull();
    expect(Date.now() - at).toBeLessThan(8_500);
    startWorker();
    await untilDone(3);
    expect([...executions().values()]).toEqual(Array.from({ length: 24 }, () => 1));
    const { rows } = await database.owner.query("select count(*)::int as held from engine.slots");
    expect(rows[0]).toEqual({ held: 0 });
  });
});

describe("two workers", () => {
  it("share the work, and the one that stays takes up what a killed one held", async () => {
    const first = startWorker("engine.after-checkpoint:40");
    startWorker();
    const end = died(first);
    await put("crash/chain", 60);
    expect(await end).toBe("SIGKILL");
    const killedAt = Date.now();
    await untilDone(60);
    expect(Date.now() - killedAt).toBeLessThan(25_000);
    const counts = executions();
    expect(counts.size).toBe(300);
    expect([...counts.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(40);
  });
});

/** Its own processes take a moment to notice that they are orphans; until then a new server refuses to start. */
async function startAgain(dataDir: string, port: number): ReturnType<typeof startPostgres> {
  for (;;) {
    try {
      return await startPostgres({ dataDir, port });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

describe("Postgres killed under a worker", () => {
  it("is found again, and everything that had committed goes on", async () => {
    const dataDir = scratchFolder("pg");
    let postgres = await startPostgres({ dataDir });
    const { runtimeUrl } = await migrateDatabase({ ownerUrl: postgres.url("postgres"), loginPassword: "test" });
    const connect = async (): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: postgres.url("postgres") });
      client.on("error", () => {});
      await client.connect();
      return client;
    };
    try {
      let owner = await connect();
      await put("crash/chain", 150, owner);
      startWorker("", runtimeUrl);
      await until(() => executionCount() > 150);
      const gone = new Promise((resolve) => postgres.child.once("exit", resolve));
      postgres.child.kill("SIGKILL");
      await gone;
      await owner.end().catch(() => {});
      postgres = await startAgain(dataDir, postgres.port);
      owner = await connect();
      const restartedAt = Date.now();
      await untilDone(150, owner);
      expect(Date.now() - restartedAt).toBeLessThan(30_000);
      expect(executions().size).toBe(750);
      const { rows } = await owner.query("select count(*)::int as steps from engine.steps where status = 'done'");
      expect(rows[0]).toEqual({ steps: 750 });
      await owner.end();
    } finally {
      await postgres.stop();
      for (const place of [postgres.cluster, dataDir]) rmSync(place, { recursive: true, force: true });
    }
  });
});
