import { NonRetriableError, RetryAfterError } from "inngest";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";

const database = await testDatabase();
const runOf = async (fn: string) => {
  const { rows } = await database.owner.query("select * from engine.runs where function_id = $1 order by queued_at, id", [fn]);
  return rows;
};

describe("failures", () => {
  it("tries again after longer and longer, then fails the run and tells onFailure", async () => {
    const attempts: number[] = [];
    const told: unknown[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          {
            id: "fails",
            retries: 2,
            triggers: [{ event: "fails/go" }],
            onFailure: ({ event, error }) => {
              told.push({ from: event.data.event.data.n, message: error.message });
            },
          },
          async ({ step, attempt }) => {
            await step.run("boom", () => {
              attempts.push(attempt);
              throw new Error("no luck");
            });
          },
        ),
      ],
      { id: "f" },
    );
    await engine.send([{ id: "f1", name: "fails/go", data: { n: 7 }, ts: 0 }]);
    await engine.drain();
    expect(attempts).toEqual([0]);
    engine.clock.forward(9_000);
    await engine.drain();
    expect(attempts).toEqual([0]);
    engine.clock.forward(1_000);
    await engine.drain();
    engine.clock.forward(30_000);
    await engine.drain();
    expect(attempts).toEqual([0, 1, 2]);
    expect((await runOf("f-fails"))[0]).toMatchObject({ status: "failed", error: { message: "no luck" } });
    expect(told).toEqual([{ from: 7, message: "no luck" }]);
  });

  it("does not try again what cannot be helped, and waits as long as it is told", async () => {
    const calls: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "final", triggers: [{ event: "final/go" }] }, () => {
          calls.push("final");
          throw new NonRetriableError("never");
        }),
        inngest.createFunction({ id: "later", triggers: [{ event: "final/go" }] }, ({ attempt }) => {
          calls.push("later");
          if (attempt === 0) throw new RetryAfterError("busy", 90_000);
        }),
      ],
      { id: "n" },
    );
    await engine.send([{ id: "n1", name: "final/go", data: {}, ts: 0 }]);
    await engine.drain();
    engine.clock.forward(89_000);
    await engine.drain();
    expect([...calls].sort()).toEqual(["final", "later"]);
    engine.clock.forward(1_000);
    await engine.drain();
    expect([...calls].sort()).toEqual(["final", "later", "later"]);
    expect((await runOf("n-final"))[0]).toMatchObject({ status: "failed" });
    expect((await runOf("n-later"))[0]).toMatchObject({ status: "completed" });
  });

  it("tries a parallel step again by itself, under a limit, while the others keep their results", async () => {
    const calls: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "uneven", triggers: [{ event: "uneven/go" }], concurrency: 1, retries: 1 }, async ({ step }) => {
          const settled = await Promise.allSettled([
            step.run("good", () => calls.push("good")),
            step.run("late", () => {
              calls.push("late");
              if (calls.filter((call) => call === "late").length <= 2) throw new RetryAfterError("wait", 60_000);
            }),
            step.run("bad", () => {
              calls.push("bad");
              throw new Error("bad");
            }),
          ]);
          return settled.map((one) => one.status);
        }),
      ],
      { id: "u" },
    );
    await engine.send([1, 2].map((n) => ({ id: `u${n}`, name: "uneven/go", data: {}, ts: 0 })));
    await engine.drain();
    const once = [...calls].sort();
    expect(once).toEqual(["bad", "bad", "good", "good", "late", "late"]);
    engine.clock.forward(60_000);
    await engine.drain();
    const runs = await runOf("u-uneven");
    expect(runs.map((run) => run.output)).toEqual([
      ["fulfilled", "fulfilled", "rejected"],
      ["fulfilled", "fulfilled", "rejected"],
    ]);
    expect(calls.filter((call) => call === "good")).toHaveLength(2);
    expect(calls.filter((call) => call === "bad")).toHaveLength(4);
  });

  it("fails at once, and by name, on a step that the engine does not know", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "waits", triggers: [{ event: "waits/go" }] }, ({ step }) =>
          step.waitForSignal("answer", { signal: "waits/answer", timeout: "1h", onConflict: "replace" }),
        ),
      ],
      { id: "x" },
    );
    await engine.send([{ id: "x1", name: "waits/go", data: {}, ts: 0 }]);
    await engine.drain();
    expect((await runOf("x-waits"))[0]).toMatchObject({
      status: "failed",
      error: { message: "The embedded engine does not support step.waitForSignal." },
    });
  });

  it("lets the function catch a step that failed for good", async () => {
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "catches", triggers: [{ event: "catch/go" }] }, async ({ step }) => {
          try {
            await step.run("boom", () => {
              throw new NonRetriableError("gone");
            });
          } catch (error) {
            return step.run("instead", () => `saw ${(error as Error).message}`);
          }
        }),
      ],
      { id: "c" },
    );
    await engine.send([{ id: "c1", name: "catch/go", data: {}, ts: 0 }]);
    await engine.drain();
    expect((await runOf("c-catches"))[0]).toMatchObject({ status: "completed", output: "saw gone" });
  });
});
