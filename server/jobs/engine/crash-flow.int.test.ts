import { describe, expect, it, vi } from "vitest";
import { crashKit } from "#server/testing/crash.ts";
import { testDatabase } from "#server/testing/database.ts";

// Each test starts real processes; on a busy machine their start is what takes time.
vi.setConfig({ testTimeout: 90_000 });
const database = await testDatabase();
const { startWorker, died, put, until, untilDone, executions } = crashKit(database);
const count = async (sql: string): Promise<number> =>
  Number((await database.owner.query(`select count(*) from engine.${sql}`)).rows[0].count);
const nothingLeft = async () => expect(await count("waits")).toBe(0);

/** Whatever a killed worker had in hand may be done twice, and nothing else. */
function expectOnce(lines: readonly string[], repeats: number): void {
  const counts = executions();
  expect([...counts.keys()].sort()).toEqual([...lines].sort());
  expect([...counts.values()].every((times) => times <= 2)).toBe(true);
  expect([...counts.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(repeats);
}

describe("a worker killed with parallel steps out", () => {
  it.each([
    ["engine.function-answered", 9],
    ["engine.before-apply-commit", 8],
    ["engine.after-apply-commit", 8],
  ])("at %s ends each of them once", async (point, pass) => {
    const killed = startWorker(`${point}:${pass}`);
    const end = died(killed);
    await put("crash/wide", 4);
    expect(await end).toBe("SIGKILL");
    startWorker();
    await untilDone(4);
    const branches = ["a 1", "a 2", "b 1", "b 2", "c 1", "c 2", "end"];
    // At most twenty jobs are in one worker's hands.
    expectOnce(
      [1, 2, 3, 4].flatMap((n) => branches.map((branch) => `wide ${n} ${branch}`)),
      20,
    );
    expect(await count("steps where status = 'done'")).toBe(28);
  });
});

describe("a worker killed around a wait", () => {
  it.each([
    ["relay.before-commit", 2],
    ["engine.chore-resume", 2],
  ])("at %s goes on with the event that came, once", async (point, pass) => {
    const lines = [1, 2, 3].flatMap((n) => [`wait ${n} before`, `wait ${n} after true`]);
    const first = startWorker(point === "relay.before-commit" ? "" : `${point}:${pass}`);
    await put("crash/wait", 3);
    await until(async () => (await count("waits")) === 3);
    if (point === "relay.before-commit") {
      // The second hand-over is the one that ends the waits.
      first.kill("SIGKILL");
      const second = startWorker(`${point}:1`);
      await put("crash/come", 3);
      expect(await died(second)).toBe("SIGKILL");
    } else {
      const end = died(first);
      await put("crash/come", 3);
      expect(await end).toBe("SIGKILL");
    }
    startWorker();
    await untilDone(3);
    expectOnce(lines, 3);
    await nothingLeft();
  });
});

describe("a worker killed over a batch", () => {
  it.each([
    ["relay.before-commit", 1],
    ["engine.hold-released", 1],
    ["engine.job-begun", 1],
  ])("at %s loses no event and puts none into two batches", async (point, pass) => {
    const killed = startWorker(`${point}:${pass}`);
    const end = died(killed);
    await put("crash/batch", 10);
    expect(await end).toBe("SIGKILL");
    startWorker();
    await untilDone(3);
    const numbers = [...executions().keys()].flatMap((line) => line.slice("batch ".length).split(","));
    expect(numbers.map(Number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await count("held_events")).toBe(0);
  });
});

describe("a worker killed around an invocation", () => {
  it.each([
    ["engine.before-apply-commit", 2],
    ["engine.chore-resume", 2],
  ])("at %s invokes once and hears the result once", async (point, pass) => {
    const killed = startWorker(`${point}:${pass}`);
    const end = died(killed);
    await put("crash/invoke", 3);
    expect(await end).toBe("SIGKILL");
    startWorker();
    await untilDone(6);
    expectOnce(
      [1, 2, 3].flatMap((n) => [`half ${n}`, `invoke ${n} after ${n / 2}`]),
      3,
    );
    expect(await count("runs where function_id = 'leadwright-half'")).toBe(3);
  });
});
