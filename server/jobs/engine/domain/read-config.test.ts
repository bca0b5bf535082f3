import { Inngest, type InngestFunction } from "inngest";
import { describe, expect, it } from "vitest";
import { createSdkCaller } from "../sdk-call.ts";
import { limitKeys } from "./read-config.ts";

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
    expect(fn).toMatchObject({ id: "t-f", events: ["a/b"], crons: ["TZ=Europe/Lisbon 0 9 * * 1-5"], maxAttempts: 6 });
    expect(fn?.limits).toEqual([
      { limit: 5, path: null },
      { limit: 1, path: ["data", "workspaceId"] },
    ]);
    expect(failure).toMatchObject({ id: "t-f-failure", failureOf: "t-f" });
    expect(fn && limitKeys(fn, { data: { workspaceId: "w" } })).toEqual(["t-f|0|", 't-f|1|"w"']);
    expect(fn && limitKeys(fn, { data: null })).toEqual(["t-f|0|", "t-f|1|null"]);
  });

  it.each<[string, Omit<Options, "id">]>([
    ["idempotency", { idempotency: "event.data.id" }],
    ["cancelOn", { cancelOn: [{ event: "a/stop" }] }],
    ["throttle", { throttle: { limit: 1, period: "1s" } }],
    ["rateLimit", { rateLimit: { limit: 1, period: "1s" } }],
    ["debounce", { debounce: { period: "1s" } }],
    ["batchEvents", { batchEvents: { maxSize: 2, timeout: "1s" } }],
    ["priority", { priority: { run: "1" } }],
    ["timeouts", { timeouts: { finish: "1m" } }],
    ["singleton", { singleton: { mode: "skip" } }],
    ["a trigger with `if`", { triggers: [{ event: "a/b", if: "event.data.n == 1" }] }],
    ["a trigger with a wildcard", { triggers: [{ event: "a/*" }] }],
    ["the concurrency key", { concurrency: { limit: 1, key: "event.data.a + event.data.b" } }],
    ["concurrency with scope", { concurrency: { limit: 1, key: '"all"', scope: "account" } }],
  ])("refuses %s by name", async (feature, options) => {
    await expect(read(options)).rejects.toThrow(`uses ${feature}`);
  });

  it("refuses a schedule it cannot read", async () => {
    await expect(read({ triggers: [{ cron: "61 * * * *" }] })).rejects.toThrow();
  });
});
