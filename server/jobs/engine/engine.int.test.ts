import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";

const database = await testDatabase();
const runOf = async (fn: string) => {
  const { rows } = await database.owner.query("select * from engine.runs where function_id = $1 order by queued_at, id", [fn]);
  return rows;
};

describe("steps", () => {
  const calls: string[] = [];
  const did = (what: string) => {
    calls.push(what);
    return what;
  };
  it("runs each step once, keeps results, and gives them back", async () => {
    const engine = await testEngine((inngest) => [
      inngest.createFunction({ id: "steps", triggers: [{ event: "steps/go" }] }, async ({ event, step }) => {
        const a = await step.run("a", () => did(`a${event.data.n}`));
        const b = await step.run("b", () => did(`b after ${a}`));
        await step.sendEvent("tell", { name: "steps/told", data: { b } });
        return { b };
      }),
      inngest.createFunction({ id: "told", triggers: [{ event: "steps/told" }] }, ({ event }) => did(`told ${event.data.b}`)),
    ]);
    await engine.send([{ id: "e1", name: "steps/go", data: { n: 1 }, ts: 0 }]);
    await engine.drain();
    expect(calls).toEqual(["a1", "b after a1", "told b after a1"]);
    const [run] = await runOf("t-steps");
    expect(run).toMatchObject({ status: "completed", output: { b: "b after a1" } });
    const { rows } = await database.owner.query("select name, status, data from engine.steps where run_id = $1 order by finished", [
      run.id,
    ]);
    expect(rows.map((row) => row.name)).toEqual(["a", "b", "tell"]);
  });
});

describe("parallel steps and sleeps", () => {
  it("runs planned steps alone, each once, and goes on when all are done", async () => {
    const calls: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "parallel", triggers: [{ event: "parallel/go" }] }, async ({ step }) => {
          const chain = async () => {
            await step.run("a", () => calls.push("a"));
            return step.run("b", () => calls.push("b"));
          };
          await Promise.all([chain(), step.run("c", () => calls.push("c")), step.sleep("rest", "10m")]);
          await step.run("end", () => calls.push("end"));
          return calls.length;
        }),
      ],
      { id: "p" },
    );
    await engine.send([{ id: "p1", name: "parallel/go", data: {}, ts: 0 }]);
    await engine.drain();
    expect([...calls].sort()).toEqual(["a", "c"]);
    engine.clock.forward(10 * 60_000);
    await engine.drain();
    expect([...calls].sort()).toEqual(["a", "b", "c", "end"]);
    expect((await runOf("p-parallel"))[0]).toMatchObject({ status: "completed", output: 4 });
  });

  it("sleeps until the clock says so, and only then goes on", async () => {
    const calls: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction({ id: "nap", triggers: [{ event: "nap/go" }] }, async ({ step }) => {
          await step.run("before", () => calls.push("before"));
          await step.sleep("nap", "1h");
          await step.sleepUntil("then", new Date("2026-03-02T12:00:00Z"));
          await step.run("after", () => calls.push("after"));
        }),
      ],
      { id: "s" },
    );
    await engine.send([{ id: "s1", name: "nap/go", data: {}, ts: 0 }]);
    await engine.drain();
    engine.clock.forward(59 * 60_000);
    await engine.drain();
    expect(calls).toEqual(["before"]);
    engine.clock.forward(60_000);
    await engine.drain();
    expect(calls).toEqual(["before"]);
    engine.clock.forward(2 * 60 * 60_000);
    await engine.drain();
    expect(calls).toEqual(["before", "after"]);
  });
});

describe("triggers", () => {
  it("counts an event id once in 24 hours", async () => {
    let runs = 0;
    const engine = await testEngine(
      (inngest) => [inngest.createFunction({ id: "once", triggers: [{ event: "once/go" }] }, () => void runs++)],
      { id: "o" },
    );
    const event = { id: "same", name: "once/go", data: {}, ts: 0 };
    await engine.send([event, event]);
    await engine.send([event]);
    await engine.drain();
    expect(runs).toBe(1);
    engine.clock.forward(24 * 60 * 60_000 + 1);
    await engine.send([event]);
    await engine.drain();
    expect(runs).toBe(2);
  });

  it("runs on a schedule in its zone, once for all instants that were missed", async () => {
    const at: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "daily", triggers: [{ cron: "TZ=Asia/Kolkata 30 9 * * *" }] },
          ({ event }) => void at.push(String(event.data?.cron)),
        ),
      ],
      { id: "k" },
    );
    await engine.drain();
    expect(at).toEqual([]);
    engine.clock.forward(19 * 60 * 60_000); // 2026-03-03 04:00 UTC is 09:30 in Kolkata
    await engine.drain();
    expect(at).toEqual(["TZ=Asia/Kolkata 30 9 * * *"]);
    engine.clock.forward(3 * 24 * 60 * 60_000);
    await engine.drain();
    expect(at).toHaveLength(2);
  });
});

describe("a clock that ran ahead and was set right", () => {
  it("does not keep schedules waiting for the time that it showed", async () => {
    let runs = 0;
    const engine = await testEngine(
      (inngest) => [inngest.createFunction({ id: "hourly", triggers: [{ cron: "0 * * * *" }] }, () => void runs++)],
      {
        id: "ahead",
      },
    );
    const years = 3 * 365 * 24 * 60 * 60_000;
    engine.clock.forward(years);
    await engine.drain();
    engine.clock.forward(-years);
    await engine.drain();
    // The next full hour is the instant that ran already, three years ahead of its time.
    for (const _hour of [1, 2]) {
      engine.clock.forward(60 * 60_000);
      await engine.drain();
    }
    expect(runs).toBe(2);
  });
});

describe("a run whose job is gone", () => {
  it("gets it back", async () => {
    let runs = 0;
    const engine = await testEngine(
      (inngest) => [inngest.createFunction({ id: "lost", triggers: [{ event: "lost/go" }] }, () => void runs++)],
      { id: "l" },
    );
    await engine.send([{ id: "l1", name: "lost/go", data: {}, ts: 0 }]);
    await database.owner.query("delete from graphile_worker._private_jobs");
    await engine.heal();
    await engine.drain();
    expect(runs).toBe(0);
    engine.clock.forward(61_000);
    await engine.heal();
    await engine.heal();
    await engine.drain();
    expect(runs).toBe(1);
  });
});

describe("concurrency", () => {
  it("never runs more of a key at once than it allows, and loses nobody who waits", async () => {
    const open = new Map<string, number>();
    let most = 0;
    let done = 0;
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "narrow", triggers: [{ event: "narrow/go" }], concurrency: [{ limit: 4 }, { limit: 2, key: "event.data.lane" }] },
          async ({ event, step }) => {
            await step.run("work", async () => {
              const lane = String(event.data.lane);
              open.set(lane, (open.get(lane) ?? 0) + 1);
              most = Math.max(most, open.get(lane) ?? 0);
              expect([...open.values()].reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(4);
              await new Promise((resolve) => setImmediate(resolve));
              open.set(lane, (open.get(lane) ?? 0) - 1);
              done++;
            });
          },
        ),
      ],
      { id: "w" },
    );
    await engine.send(Array.from({ length: 30 }, (_, n) => ({ id: `w${n}`, name: "narrow/go", data: { lane: n % 3 }, ts: 0 })));
    await engine.drain();
    expect(done).toBe(30);
    expect(most).toBeLessThanOrEqual(2);
    const { rows } = await database.owner.query(
      "select (select count(*) from engine.slots)::int as slots, (select count(*) from engine.waiting)::int as waiting",
    );
    expect(rows[0]).toEqual({ slots: 0, waiting: 0 });
  });
});
