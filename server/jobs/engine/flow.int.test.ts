import fc from "fast-check";
import { NonRetriableError } from "inngest";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";

const database = await testDatabase();
const event = (id: string, name: string, data: Record<string, unknown> = {}, ts = 0) => ({ id: `${name} ${id}`, name, data, ts });
const count = async (table: string) => Number((await database.owner.query(`select count(*) from engine.${table}`)).rows[0].count);
const idOf = (cause: { id?: string }) => cause.id?.split(" ")[1] ?? "";
const SECOND = 1_000;

describe("triggers", () => {
  it("start by a condition, by a pattern, and once however many of them match", async () => {
    const seen: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          {
            id: "some",
            triggers: [
              { event: "shop/order.*", if: "event.data.sum >= 10" },
              { event: "shop/order.paid", if: "event.data.vip" },
            ],
          },
          ({ event: cause }) => void seen.push(idOf(cause)),
        ),
      ],
      { id: "a" },
    );
    await engine.send([
      event("small", "shop/order.paid", { sum: 1 }),
      event("large", "shop/order.open", { sum: 10 }),
      event("both", "shop/order.paid", { sum: 99, vip: true }),
      event("vip", "shop/order.paid", { vip: true }),
      event("other", "shop/cart.open", { sum: 99 }),
    ]);
    await engine.drain();
    expect(seen.toSorted()).toEqual(["both", "large", "vip"]);
  });
});

describe("throttle", () => {
  it("spreads starts by key, in order, and drops nobody", async () => {
    const at: [string, number][] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "slowly", triggers: [{ event: "slowly/go" }], throttle: { limit: 2, period: "10s", key: "event.data.k" } },
          ({ event: cause }) => void at.push([`${cause.data.k}${cause.data.n}`, (engine.clock.now().getTime() - began) / SECOND]),
        ),
      ],
      { id: "b" },
    );
    const began = engine.clock.now().getTime();
    for (let n = 1; n <= 5; n++) await engine.send([event(`x${n}`, "slowly/go", { k: "x", n })]);
    await engine.send([event("y1", "slowly/go", { k: "y", n: 1 })]);
    for (let second = 0; second <= 20; second++) {
      await engine.drain();
      engine.clock.forward(SECOND);
    }
    expect(Object.fromEntries(at)).toEqual({ x1: 0, x2: 0, y1: 0, x3: 5, x4: 10, x5: 15 });
  });
});

describe("rateLimit and idempotency", () => {
  it("drop what comes too often, by key", async () => {
    const seen: string[] = [];
    const note = ({ event: cause }: { event: { id?: string } }) => void seen.push(idOf(cause));
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "rare", triggers: [{ event: "rare/go" }], rateLimit: { limit: 1, period: "1m", key: "event.data.k" } },
          note,
        ),
        inngest.createFunction({ id: "once", triggers: [{ event: "once/go" }], idempotency: "event.data.k" }, note),
      ],
      { id: "c" },
    );
    await engine.send([event("r1", "rare/go", { k: 1 }), event("r2", "rare/go", { k: 1 }), event("r3", "rare/go", { k: 2 })]);
    await engine.send([event("o1", "once/go", { k: "a" }), event("o2", "once/go", { k: "a" })]);
    await engine.drain();
    engine.clock.forward(60 * SECOND);
    await engine.send([event("r4", "rare/go", { k: 1 }), event("o3", "once/go", { k: "a" })]);
    await engine.drain();
    engine.clock.forward(24 * 60 * 60 * SECOND);
    await engine.send([event("o4", "once/go", { k: "a" })]);
    await engine.drain();
    expect(seen.toSorted()).toEqual(["o1", "o4", "r1", "r3", "r4"]);
  });
});

describe("debounce", () => {
  it("starts once with the last event by its own time, one period later, and at its timeout at the latest", async () => {
    const seen: [string, number][] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "calm", triggers: [{ event: "calm/go" }], debounce: { period: "10s", timeout: "25s", key: "event.data.k" } },
          ({ event: cause }) => void seen.push([idOf(cause), (engine.clock.now().getTime() - began) / SECOND]),
        ),
      ],
      { id: "d" },
    );
    const began = engine.clock.now().getTime();
    await engine.send([event("a1", "calm/go", { k: "a" }, 1), event("a3", "calm/go", { k: "a" }, 3)]);
    await engine.send([event("a2", "calm/go", { k: "a" }, 2)]);
    for (let second = 0; second <= 40; second++) {
      if (second % 5 === 0) await engine.send([event(`b${second}`, "calm/go", { k: "b" }, second)]);
      await engine.drain();
      engine.clock.forward(SECOND);
    }
    expect(seen.slice(0, 2)).toEqual([
      ["a3", 10],
      ["b25", 25],
    ]);
    await engine.drain();
    engine.clock.forward(10 * SECOND);
    await engine.drain();
    expect(seen[2]?.[0]).toBe("b40");
    expect([await count("holds"), await count("held_events")]).toEqual([0, 0]);
  });
});

describe("batchEvents", () => {
  it("starts when a batch is full or its time is up, by key, and alone what is not meant for it", async () => {
    const seen: string[] = [];
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          {
            id: "batch",
            triggers: [{ event: "batch/go" }],
            batchEvents: { maxSize: 3, timeout: "30s", key: "event.data.k", if: "event.data.n < 100" },
          },
          ({ events }) => void seen.push(events.map((one: { data: Record<string, unknown> }) => `${one.data.k}${one.data.n}`).join()),
        ),
      ],
      { id: "e" },
    );
    const send = (k: string, n: number) => engine.send([event(`${k}${n}`, "batch/go", { k, n })]);
    for (const n of [1, 2, 3, 4]) await send("a", n);
    await send("a", 100);
    await send("b", 1);
    await send("b", 1);
    await engine.drain();
    expect(seen.toSorted()).toEqual(["a1,a2,a3", "a100"]);
    engine.clock.forward(30 * SECOND);
    await engine.drain();
    expect(seen.toSorted()).toEqual(["a1,a2,a3", "a100", "a4", "b1"]);
    const { rows } = await database.owner.query(
      "select event_id, json_array_length(events) as size from engine.runs where function_id = 'e-batch' order by 1",
    );
    expect(rows).toEqual([
      { event_id: "batch/go a1", size: 3 },
      { event_id: "batch/go a100", size: null },
      { event_id: "batch/go a4", size: 1 },
      { event_id: "batch/go b1", size: 1 },
    ]);
  });
});

describe("limits beyond one function, and priority", () => {
  it("share places by scope and key, and let the more urgent go first", async () => {
    let open = 0;
    let most = 0;
    const order: string[] = [];
    const shared = { concurrency: { limit: 1, key: '"shared"', scope: "account" as const } };
    const work = async ({ event: cause }: { event: { data: { who: string } } }) => {
      open++;
      most = Math.max(most, open);
      order.push(cause.data.who);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
    };
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          { id: "one", triggers: [{ event: "one/go" }], ...shared, priority: { run: "event.data.who == 'urgent' ? 60 : 0" } },
          work as never,
        ),
        inngest.createFunction({ id: "two", triggers: [{ event: "two/go" }], ...shared }, work as never),
      ],
      { id: "f" },
    );
    // Somebody has the place, so that all of these meet in the line.
    await engine.send([event("f0", "two/go", { who: "first" })]);
    const { rows } = await database.owner.query("select id from engine.runs where function_id = 'f-two'");
    await database.owner.query("insert into engine.slots (limit_key, run_id, step_id, turn) values ('account||\"shared\"', $1, '', 1)", [
      rows[0].id,
    ]);
    await database.owner.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour'");
    const later = ["a", "b", "urgent", "c"].map((who, n) => event(`f${n + 1}`, n % 2 ? "two/go" : "one/go", { who }));
    for (const one of later) {
      await engine.send([one]);
      await engine.drain();
      engine.clock.forward(SECOND);
    }
    expect(order).toEqual([]);
    await database.owner.query("update graphile_worker._private_jobs set run_at = now()");
    await engine.drain();
    expect(most).toBe(1);
    expect(order).toEqual(["first", "urgent", "a", "b", "c"]);
    expect([await count("slots"), await count("waiting")]).toEqual([0, 0]);
  });
});

describe("places", () => {
  it("are never given twice, whatever comes in whatever order, and all come back", { timeout: 60_000 }, async () => {
    const open = new Map<string, number>();
    const broken: string[] = [];
    let done = 0;
    const hold = async (key: string, limit: number, work: () => Promise<void>) => {
      open.set(key, (open.get(key) ?? 0) + 1);
      if ((open.get(key) ?? 0) > limit) broken.push(`${key} over ${limit}`);
      await work();
      open.set(key, (open.get(key) ?? 0) - 1);
    };
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const engine = await testEngine(
      (inngest) => [
        inngest.createFunction(
          {
            id: "both",
            triggers: [{ event: "both/go" }],
            concurrency: [{ limit: 3 }, { limit: 2, key: "event.data.lane" }],
            retries: 1,
          },
          async ({ event: cause, step }) => {
            const { lane, steps, fails } = cause.data as { lane: string; steps: number; fails: boolean };
            for (let n = 0; n < steps; n++) await step.run(`${n}`, () => hold("all", 3, () => hold(lane, 2, pause)));
            if (steps > 1) await Promise.all([step.run("a", () => hold("all", 3, pause)), step.run("b", () => hold("all", 3, pause))]);
            if (fails) throw new NonRetriableError("on purpose");
            done++;
          },
        ),
      ],
      { id: "g" },
    );
    const one = fc.record({ lane: fc.constantFrom("x", "y"), steps: fc.integer({ min: 1, max: 2 }), fails: fc.boolean() });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), async (events) => {
        run++;
        done = 0;
        await engine.send(events.map((data, n) => event(`${run}:${n}`, "both/go", data)));
        await engine.drain();
        expect(broken).toEqual([]);
        const { rows } = await database.owner.query("select last_error from graphile_worker._private_jobs where last_error is not null");
        expect(rows).toEqual([]);
        expect(done).toBe(events.filter(({ fails }) => !fails).length);
        expect([await count("slots"), await count("waiting")]).toEqual([0, 0]);
      }),
      { numRuns: 10 },
    );
  });
});
