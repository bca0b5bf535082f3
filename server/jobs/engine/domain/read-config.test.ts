import { Inngest, type InngestFunction } from "inngest";
import { describe, expect, it } from "vitest";
import { createSdkCaller } from "../sdk-call.ts";
import { limitKeys, lineOf } from "./read-config.ts";

const client = new Inngest({ id: "t", isDev: true, aiMetadata: false });
type Options = Parameters<typeof client.createFunction>[0];
const read = (options: Omit<Options, "id">) =>
  createSdkCaller(client, [
    client.createFunction({ id: "f", triggers: [{ event: "a/b" }], ...options } as Options, () => null),
  ] as InngestFunction.Any[]).readFunctions();

describe("readConfig", () => {
  it("reads what the SDK says in its own sync", async () => {
    const [fn, failure] = await read({
      retries: 5,
      triggers: [{ event: "a/b" }, { cron: "TZ=Europe/Lisbon 0 9 * * 1-5" }],
      concurrency: [{ limit: 5 }, { limit: 1, key: "event.data.workspaceId" }],
      onFailure: () => null,
    });
    expect(fn).toMatchObject({
      id: "t-f",
      triggers: [{ event: "a/b", if: null }],
      crons: ["TZ=Europe/Lisbon 0 9 * * 1-5"],
      maxAttempts: 6,
    });
    expect(fn?.limits).toEqual([
      { limit: 5, key: null, scope: "fn" },
      { limit: 1, key: "event.data.workspaceId", scope: "fn" },
    ]);
    expect(failure).toMatchObject({ id: "t-f-failure", failureOf: "t-f" });
    expect(fn && limitKeys(fn, { data: { workspaceId: "w" } })).toEqual(["t-f|0|", 't-f|1|"w"']);
    expect(fn && limitKeys(fn, { data: null })).toEqual(["t-f|0|", "t-f|1|null"]);
  });

  it("reads how often, how many at once, and until when", async () => {
    const [fn] = await read({
      idempotency: "event.data.id",
      rateLimit: { limit: 20, period: "1m", key: "event.data.k" },
      throttle: { limit: 3, period: "1h", burst: 2 },
      debounce: { period: "5s", timeout: "1m", key: "event.data.k" },
      priority: { run: "event.data.vip ? 100 : 0" },
      timeouts: { start: "10s", finish: "1h30m" },
      cancelOn: [{ event: "a/stop", match: "data.id", timeout: "2h" }],
      concurrency: { limit: 2, key: '"all"', scope: "account" },
      triggers: [{ event: "a/*", if: "event.data.n == 1" }],
    });
    expect(fn).toMatchObject({
      rates: [
        { limit: 20, burst: 2, periodMs: 60_000, key: "event.data.k" },
        { limit: 1, burst: 0, periodMs: 86_400_000, key: "event.data.id" },
      ],
      throttle: { limit: 3, burst: 2, periodMs: 3_600_000, key: null },
      debounce: { periodMs: 5_000, timeoutMs: 60_000, key: "event.data.k" },
      priority: "event.data.vip ? 100 : 0",
      startTimeoutMs: 10_000,
      finishTimeoutMs: 5_400_000,
      cancels: [{ event: "a/stop", if: "event.data.id == async.data.id", timeout: "2h" }],
      triggers: [{ event: "a/*", if: "event.data.n == 1" }],
    });
    expect(fn && limitKeys(fn, {})).toEqual(['account||"all"']);
    expect(fn && lineOf(fn)).toBe("*");
    const [batch] = await read({ batchEvents: { maxSize: 10, timeout: "5s", key: "event.data.k", if: "event.data.n > 1" } });
    expect(batch?.batch).toEqual({ maxSize: 10, timeoutMs: 5_000, key: "event.data.k", if: "event.data.n > 1" });
  });

  it.each<[string, Omit<Options, "id">]>([
    ["uses singleton", { singleton: { mode: "skip" } }],
    ["uses the wildcard", { triggers: [{ event: "a*" }] }],
    ["uses batchEvents together with cancelOn", { batchEvents: { maxSize: 2, timeout: "1s" }, cancelOn: [{ event: "a/stop" }] }],
    ["uses batchEvents together with debounce", { batchEvents: { maxSize: 2, timeout: "1s" }, debounce: { period: "1s" } }],
    ['uses concurrency with scope "env" and no key', { concurrency: { limit: 1, scope: "env" } as never }],
    ["has an expression that cannot be read", { triggers: [{ event: "a/b", if: "event.data.n ==" }] }],
    ["has an expression that cannot be read", { concurrency: { limit: 1, key: "event.(" } }],
  ])("says so: %s", async (reason, options) => {
    await expect(read(options)).rejects.toThrow(`The function "t-f" ${reason}`);
  });

  it("refuses a schedule it cannot read", async () => {
    await expect(read({ triggers: [{ cron: "61 * * * *" }] })).rejects.toThrow();
  });
});
