import { referenceFunction } from "inngest";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";

const database = await testDatabase();
const runsOf = async (fn: string) =>
  (await database.owner.query("select * from engine.runs where function_id = $1 order by queued_at, id", [fn])).rows;
const left = async () => {
  const { rows } = await database.owner.query(
    "select (select count(*) from engine.waits)::int as waits, (select count(*) from engine.timers)::int as timers",
  );
  return rows[0];
};
const event = (id: string, name: string, data: Record<string, unknown> = {}) => ({ id, name, data, ts: 0 });
const MINUTE = 60_000;

describe("step.waitForEvent", () => {
  it("goes on with the first event that matches, of those that come after it began to wait", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "match", triggers: [{ event: "order/placed" }] }, async ({ step }) => {
          const paid = await step.waitForEvent("paid", { event: "order/paid", match: "data.id", timeout: "1h" });
          const sum = await step.waitForEvent("big", {
            event: "order/sum",
            if: "async.data.sum > event.data.least && async.data.id == event.data.id",
            timeout: "1h",
          });
          return [paid?.data.by ?? null, sum?.data.sum ?? null];
        }),
      ],
      { id: "a" },
    );
    await engine.send([event("a0", "order/paid", { id: 1, by: "too early" })]);
    await engine.send([event("a1", "order/placed", { id: 1, least: 10 }), event("a2", "order/placed", { id: 2, least: 10 })]);
    await engine.drain();
    await engine.send([event("a3", "order/paid", { id: 3, by: "nobody" }), event("a4", "order/paid", { id: 2, by: "b" })]);
    await engine.send([event("a5", "order/paid", { id: 1, by: "a" }), event("a6", "order/paid", { id: 1, by: "too late" })]);
    await engine.drain();
    await engine.send([event("a7", "order/sum", { id: 1, sum: 10 }), event("a8", "order/sum", { id: 1, sum: 11 })]);
    await engine.drain();
    engine.clock.forward(60 * MINUTE);
    await engine.drain();
    expect((await runsOf("a-match")).map((run) => run.output)).toEqual([
      ["a", 11],
      ["b", null],
    ]);
    expect(await left()).toEqual({ waits: 0, timers: 0 });
  });

  it("gives null at the timeout, and not before", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "late", triggers: [{ event: "late/go" }] }, async ({ step }) =>
          step.waitForEvent("never", { event: "late/never", timeout: "10m" }),
        ),
      ],
      { id: "b" },
    );
    await engine.send([event("b1", "late/go")]);
    await engine.drain();
    engine.clock.forward(10 * MINUTE - 1);
    await engine.drain();
    expect((await runsOf("b-late"))[0]).toMatchObject({ status: "queued" });
    engine.clock.forward(1);
    await engine.drain();
    expect((await runsOf("b-late"))[0]).toMatchObject({ status: "completed", output: null });
  });

  it("waits beside steps and sleeps, and asks once for what follows", async () => {
    const calls: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "beside", triggers: [{ event: "beside/go" }] }, async ({ step }) => {
          const [came, , work] = await Promise.all([
            step.waitForEvent("come", { event: "beside/come", timeout: "1h" }),
            step.sleep("nap", "5m"),
            step.run("work", () => calls.push("work")),
          ]);
          await step.run("end", () => calls.push("end"));
          return [came?.data.n, work];
        }),
      ],
      { id: "c" },
    );
    await engine.send([event("c1", "beside/go")]);
    await engine.drain();
    await engine.send([event("c2", "beside/come", { n: 7 })]);
    await engine.drain();
    expect(calls).toEqual(["work"]);
    engine.clock.forward(5 * MINUTE);
    await engine.drain();
    expect(calls).toEqual(["work", "end"]);
    expect((await runsOf("c-beside"))[0].output).toEqual([7, 1]);
  });

  it("fails by name with an expression that cannot be read", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "unreadable", triggers: [{ event: "unreadable/go" }] }, async ({ step }) =>
          step.waitForEvent("x", { event: "x", if: "async.data.n ==", timeout: "1m" }),
        ),
      ],
      { id: "d" },
    );
    await engine.send([event("d1", "unreadable/go")]);
    await engine.drain();
    expect((await runsOf("d-unreadable"))[0]).toMatchObject({ status: "failed", error: { name: "InvalidExpression" } });
  });
});

describe("a race", () => {
  it("goes on with whoever ends first, and the loser's end changes nothing", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "race", triggers: [{ event: "race/go" }] }, async ({ step, group }) => {
          const winner = await group.parallel({ mode: "race" }, () =>
            Promise.race([
              step.sleep("slow", "1h").then(() => "slept"),
              step.waitForEvent("quick", { event: "race/quick", timeout: "2h" }).then(() => "came"),
            ]),
          );
          const after = await step.run("after", () => "after");
          return [winner, after];
        }),
      ],
      { id: "e" },
    );
    await engine.send([event("e1", "race/go"), event("e2", "race/go")]);
    await engine.drain();
    await engine.send([event("e3", "race/quick")]);
    await engine.drain();
    engine.clock.forward(3 * 60 * MINUTE);
    await engine.drain();
    expect((await runsOf("e-race")).map((run) => [run.status, run.output])).toEqual([
      ["completed", ["came", "after"]],
      ["completed", ["came", "after"]],
    ]);
  });
});

describe("step.invoke", () => {
  it("gives the other function's result, or its failure, and counts for its limits", async () => {
    const seen: unknown[] = [];
    const engine = await testEngine(
      (inngest) => {
        const half = inngest.createFunction({ id: "half", retries: 0, concurrency: 1 }, ({ event: cause }) => {
          seen.push(cause.name);
          const { n } = cause.data as { n: number };
          if (n % 2) throw new Error("odd");
          return n / 2;
        });
        const whole = inngest.createFunction({ id: "whole", triggers: [{ event: "whole/go" }], retries: 0 }, async ({ step }) => {
          const both = await Promise.all([
            step.invoke("four", { function: half, data: { n: 4 } }),
            step.invoke("six", { function: half, data: { n: 6 } }),
          ]);
          const odd = await step.invoke("three", { function: half, data: { n: 3 } }).catch((error: Error) => error.message);
          return [...both, odd];
        });
        return [half, whole];
      },
      { id: "f" },
    );
    await engine.send([event("f1", "whole/go")]);
    await engine.drain();
    expect((await runsOf("f-whole"))[0]).toMatchObject({ status: "completed", output: [2, 3, "odd"] });
    expect(seen).toEqual(Array.from({ length: 3 }, () => "inngest/function.invoked"));
  });

  it("fails the step when the function is unknown, too slow, or cancelled", async () => {
    const engine = await testEngine(
      (inngest) => {
        const slow = inngest.createFunction({ id: "slow", cancelOn: [{ event: "slow/stop" }] }, ({ step }) => step.sleep("long", "1d"));
        const asks = inngest.createFunction({ id: "asks", triggers: [{ event: "asks/go" }], retries: 0 }, async ({ step }) => {
          const message = (error: Error) => error.message;
          return [
            await step.invoke("unknown", { function: referenceFunction({ functionId: "nowhere" }) }).catch(message),
            await step.invoke("slow", { function: slow, timeout: "10m" }).catch(message),
            await step.invoke("stopped", { function: slow, timeout: "1h" }).catch(message),
          ];
        });
        return [slow, asks];
      },
      { id: "g" },
    );
    await engine.send([event("g1", "asks/go")]);
    await engine.drain();
    engine.clock.forward(10 * MINUTE);
    await engine.drain();
    await engine.send([event("g2", "slow/stop")]);
    await engine.drain();
    expect((await runsOf("g-asks"))[0]).toMatchObject({
      status: "completed",
      output: [
        expect.stringContaining("could not find function"),
        expect.stringContaining("Timed out"),
        expect.stringContaining("was cancelled"),
      ],
    });
  });
});
