import type { Scenario } from "./scenarios-steps.ts";
import { type Payload, send } from "./target.ts";

const of = ({ event }: { event: unknown }): Payload => (event as { data: Payload }).data;
/** A server takes events in side by side: the next is sent when it has surely seen the last, on a busy machine too. */
const SETTLE_MS = 2_000;
const perSession = "event.data.session";

export const throttling: Scenario = {
  name: "throttle: spread, in order, nobody dropped",
  functions: (client, { trace }) => [
    client.createFunction(
      { id: "throttle", triggers: [{ event: "conf/throttle" }], throttle: { limit: 1, period: "5s", key: perSession } },
      ({ event }) => trace.note("throttle", of({ event }).tag, "starts"),
    ),
  ],
  play: async (target) => {
    for (const tag of ["a", "b", "c"]) {
      await send(target, "conf/throttle", tag);
      await target.pause(SETTLE_MS);
    }
  },
  isOver: ({ trace }) => trace.of("throttle").length >= 3,
  observe: ({ trace }) => {
    const starts = trace.of("throttle");
    const gaps = starts.slice(1).map((entry, at) => entry.at - (starts[at]?.at ?? 0));
    return { order: starts.map((entry) => entry.tag), spread: gaps.map((gap) => gap > 3_000) };
  },
};

export const rates: Scenario = {
  name: "rateLimit and idempotency: what comes too often is dropped",
  functions: (client, { trace }) => [
    client.createFunction(
      {
        id: "rate",
        triggers: [{ event: "conf/rate" }],
        rateLimit: { limit: 1, period: "1h", key: "event.data.session + event.data.lane" },
      },
      ({ event }) => trace.note("rate", of({ event }).tag, "starts"),
    ),
    client.createFunction(
      { id: "idempotent", triggers: [{ event: "conf/rate" }], idempotency: "event.data.session + event.data.order" },
      ({ event }) => trace.note("idempotent", of({ event }).tag, "starts"),
    ),
  ],
  play: async (target) => {
    await send(target, "conf/rate", "a1", { lane: "a", order: "x" });
    await target.pause(SETTLE_MS);
    await send(target, "conf/rate", "a2", { lane: "a", order: "x" });
    await target.pause(SETTLE_MS);
    await send(target, "conf/rate", "b1", { lane: "b", order: "y" });
    await target.pause(SETTLE_MS);
  },
  isOver: ({ trace }) => trace.of("rate").length >= 2 && trace.of("idempotent").length >= 2,
  watchMs: 2_000,
  observe: ({ trace }) => ({
    rate: trace
      .of("rate")
      .map(({ tag }) => tag)
      .toSorted(),
    once: trace
      .of("idempotent")
      .map(({ tag }) => tag)
      .toSorted(),
  }),
};

export const debouncing: Scenario = {
  name: "debounce: once, with the last event, by key",
  functions: (client, { trace }) => [
    client.createFunction(
      { id: "debounce", triggers: [{ event: "conf/debounce" }], debounce: { period: "6s", key: "event.data.session + event.data.lane" } },
      ({ event }) => trace.note("debounce", of({ event }).lane, of({ event }).tag),
    ),
  ],
  play: async (target) => {
    for (const tag of ["1", "2", "3"]) {
      await send(target, "conf/debounce", tag, { lane: "a" });
      if (tag === "2") await send(target, "conf/debounce", "only", { lane: "b" });
      await target.pause(700);
    }
  },
  isOver: ({ trace }) => trace.of("debounce").length >= 2,
  watchMs: 9_000,
  observe: ({ trace }) => ({ a: trace.story("debounce", "a"), b: trace.story("debounce", "b") }),
};

export const batching: Scenario = {
  name: "batchEvents: when full, when its time is up, by key and condition",
  functions: (client, { trace }) => [
    client.createFunction(
      {
        id: "batch",
        triggers: [{ event: "conf/batch" }],
        batchEvents: { maxSize: 3, timeout: "12s", key: "event.data.session + event.data.lane", if: "event.data.alone != true" },
      },
      async ({ events, step }) => {
        const all = (events as { data: Payload }[]).map((event) => event.data);
        await step.run("all", () =>
          trace.note(
            "batch",
            all[0]?.lane,
            all
              .map(({ tag }) => tag)
              .toSorted()
              .join(),
          ),
        );
      },
    ),
  ],
  play: async (target) => {
    for (const tag of ["1", "2", "3"]) {
      await send(target, "conf/batch", tag, { lane: "a" });
      await target.pause(1_000);
    }
    await send(target, "conf/batch", "late", { lane: "a" });
    await send(target, "conf/batch", "alone", { lane: "a", alone: true });
    await send(target, "conf/batch", "other", { lane: "b" });
  },
  isOver: ({ trace }) => trace.of("batch").length >= 4,
  watchMs: 1_000,
  observe: ({ trace }) => ({ a: trace.story("batch", "a").toSorted(), b: trace.story("batch", "b") }),
};

export const concurrency: Scenario = {
  name: "concurrency above one by key, and shared by two functions",
  functions: (client, target) => {
    const open = new Map<string, number>();
    const most = new Map<string, number>();
    const inside = async (lane: string): Promise<void> => {
      open.set(lane, (open.get(lane) ?? 0) + 1);
      most.set(lane, Math.max(most.get(lane) ?? 0, open.get(lane) ?? 0));
      await target.work();
      open.set(lane, (open.get(lane) ?? 0) - 1);
    };
    const shared = { concurrency: { limit: 1, key: "'shared-' + event.data.session", scope: "env" as const } };
    const work =
      (id: string) => async (context: { event: unknown; step: { run: (id: string, work: () => Promise<void>) => Promise<unknown> } }) => {
        const { tag, lane } = of(context);
        await context.step.run("work", () => inside(String(lane)));
        target.trace.note("concurrency", tag, `${id} ${lane} at most ${most.get(String(lane))}`);
      };
    return [
      client.createFunction(
        { id: "lanes", triggers: [{ event: "conf/lanes" }], concurrency: [{ limit: 2, key: "event.data.session + event.data.lane" }] },
        work("lanes") as never,
      ),
      client.createFunction({ id: "shared-one", triggers: [{ event: "conf/shared.one" }], ...shared }, work("shared") as never),
      client.createFunction({ id: "shared-two", triggers: [{ event: "conf/shared.two" }], ...shared }, work("shared") as never),
    ];
  },
  play: async (target) => {
    await Promise.all(
      Array.from({ length: 6 }, async (_, n) => {
        await send(target, "conf/lanes", `${n}`, { lane: n % 2 ? "odd" : "even" });
        await send(target, n % 2 ? "conf/shared.one" : "conf/shared.two", `s${n}`, { lane: "shared" });
      }),
    );
  },
  isOver: ({ trace }) => new Set(trace.of("concurrency").map(({ tag }) => tag)).size >= 12,
  observe: ({ trace }) => {
    const seen = trace.of("concurrency");
    const most = (lane: string): number =>
      Math.max(...seen.filter(({ what }) => what.includes(` ${lane} `)).map(({ what }) => Number(what.slice(-1))));
    return {
      runs: new Set(seen.map(({ tag }) => tag)).size,
      laneAtMost: [most("even") <= 2, most("odd") <= 2],
      sharedAtMost: most("shared"),
    };
  },
};
