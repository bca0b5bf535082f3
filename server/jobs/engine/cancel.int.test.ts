import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { cancelJobRun, retryJobRun } from "../commands.ts";

const database = await testDatabase();
const event = (id: string, name: string, data: Record<string, unknown> = {}) => ({ id: `${name} ${id}`, name, data, ts: 0 });
const statuses = async (fn: string) =>
  (await database.owner.query("select status from engine.runs where function_id = $1 order by event_id", [fn])).rows.map(
    (row) => row.status,
  );
const held = async () => {
  const { rows } = await database.owner.query(
    `select (select count(*) from engine.waits)::int + (select count(*) from engine.timers)::int + (select count(*) from engine.slots)::int
       + (select count(*) from engine.waiting)::int as held`,
  );
  return rows[0].held;
};
const SECOND = 1_000;

describe("cancelOn", () => {
  it("ends the runs that match, wherever they are, and only those that were there", async () => {
    const told: unknown[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          {
            id: "order",
            triggers: [{ event: "order/placed" }],
            concurrency: { limit: 1, key: "event.data.id" },
            cancelOn: [{ event: "order/dropped", match: "data.id" }],
          },
          async ({ step }) => {
            await step.run("begin", () => 1);
            await step.sleep("wait", "1h");
          },
        ),
        inngest.createFunction(
          { id: "told", triggers: [{ event: "inngest/function.cancelled", if: "event.data.function_id == 'a-order'" }] },
          ({ event: end }) => void told.push(end.data.event.id),
        ),
      ],
      { id: "a" },
    );
    await engine.send([event("0", "order/dropped", { id: 1 })]);
    await engine.send([event("1", "order/placed", { id: 1 }), event("2", "order/placed", { id: 2 })]);
    await engine.drain();
    // One that comes together with its cancellation, in both orders.
    await engine.send([
      event("d1", "order/dropped", { id: 1 }),
      event("3", "order/placed", { id: 3 }),
      event("d3", "order/dropped", { id: 3 }),
      event("d4", "order/dropped", { id: 4 }),
      event("4", "order/placed", { id: 4 }),
    ]);
    await engine.drain();
    engine.clock.forward(3_600 * SECOND);
    await engine.drain();
    expect(await statuses("a-order")).toEqual(["cancelled", "completed", "cancelled", "completed"]);
    expect(told.toSorted()).toEqual(["order/placed 1", "order/placed 3"]);
    expect(await held()).toBe(0);
  });

  it("counts until its timeout, and by its condition", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          {
            id: "short",
            triggers: [{ event: "short/go" }],
            cancelOn: [{ event: "short/stop", if: "async.data.level > event.data.level", timeout: "10s" }],
          },
          ({ step }) => step.sleep("wait", "1m"),
        ),
      ],
      { id: "b" },
    );
    await engine.send([event("1", "short/go", { level: 5 }), event("2", "short/go", { level: 9 })]);
    await engine.drain();
    await engine.send([event("s1", "short/stop", { level: 7 })]);
    await engine.drain();
    engine.clock.forward(10 * SECOND);
    await engine.send([event("s2", "short/stop", { level: 99 })]);
    await engine.drain();
    engine.clock.forward(60 * SECOND);
    await engine.drain();
    expect(await statuses("b-short")).toEqual(["cancelled", "completed"]);
  });

  it("stops a run between two steps, and the place that it held goes to the next", async () => {
    const did: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "busy", triggers: [{ event: "busy/go" }], concurrency: 1, cancelOn: [{ event: "busy/stop", match: "data.n" }] },
          async ({ event: cause, step }) => {
            await step.run("one", async () => {
              did.push(`${cause.data.n} one`);
              if (cause.data.n === 1) {
                await engine.send([event("stop", "busy/stop", { n: 1 })]);
                await engine.drain();
              }
            });
            await step.run("two", () => did.push(`${cause.data.n} two`));
          },
        ),
      ],
      { id: "c" },
    );
    await engine.send([event("1", "busy/go", { n: 1 }), event("2", "busy/go", { n: 2 })]);
    await engine.drain();
    expect(did.toSorted()).toEqual(["1 one", "2 one", "2 two"]);
    expect(await statuses("c-busy")).toEqual(["cancelled", "completed"]);
    expect(await held()).toBe(0);
  });
});

describe("timeouts", () => {
  it("end a run that did not begin or did not finish in time", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "start", triggers: [{ event: "start/go" }], throttle: { limit: 1, period: "1m" }, timeouts: { start: "10s" } },
          ({ step }) => step.sleep("longer than the start may take", "30s"),
        ),
        inngest.createFunction(
          { id: "finish", triggers: [{ event: "finish/go" }], timeouts: { finish: "20s" } },
          ({ event: cause, step }) => step.sleep("some time", `${cause.data.seconds}s`),
        ),
      ],
      { id: "d" },
    );
    await engine.send([event("1", "start/go"), event("2", "start/go")]);
    await engine.send([event("3", "finish/go", { seconds: 19 }), event("4", "finish/go", { seconds: 21 })]);
    for (let second = 0; second < 40; second++) {
      await engine.drain();
      engine.clock.forward(SECOND);
    }
    expect(await statuses("d-start")).toEqual(["completed", "cancelled"]);
    expect(await statuses("d-finish")).toEqual(["completed", "cancelled"]);
    expect(await held()).toBe(0);
  });
});

describe("the Jobs page", () => {
  it("cancels a run that waits, tells whoever invoked it, and tries it again from where it was", async () => {
    const acme = await testWorkspace();
    const other = await testWorkspace();
    const actor = { actorId: acme.userId, actorKind: "person" as const };
    const engine = await testEngine(
      (inngest) => {
        const child = inngest.createFunction({ id: "child" }, async ({ step }) => {
          await step.run("before", () => 1);
          return (await step.waitForEvent("sign", { event: "sign/given", timeout: "1d" }))?.data.word;
        });
        const parent = inngest.createFunction({ id: "parent", triggers: [{ event: "parent/go" }], retries: 0 }, ({ event: cause, step }) =>
          step.invoke("child", { function: child, data: { workspaceId: cause.data.workspaceId } }),
        );
        return [child, parent];
      },
      { id: "e" },
    );
    await engine.send([event("1", "parent/go", { workspaceId: acme.id })]);
    await engine.drain();
    const { rows } = await database.owner.query("select id from engine.runs where function_id = 'e-child'");
    const runId = rows[0].id;
    await expect(other.run((tx) => cancelJobRun(tx, { runId }, actor))).rejects.toThrow("already ended");
    await acme.run((tx) => cancelJobRun(tx, { runId }, actor));
    await engine.drain();
    expect(await statuses("e-parent")).toEqual(["failed"]);
    expect(await held()).toBe(0);
    await acme.run((tx) => retryJobRun(tx, { runId }, actor));
    await engine.drain();
    await engine.send([event("2", "sign/given", { word: "go" })]);
    await engine.drain();
    const again = await database.owner.query("select status, output from engine.runs where id = $1", [runId]);
    expect(again.rows[0]).toEqual({ status: "completed", output: "go" });
  });
});
