import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { createLimit, forgetLimits } from "./limits.ts";

const { owner } = await testDatabase();
const make = (name: string) => createLimit({ name, points: 3, durationS: 900 });

describe("a limit", () => {
  it("counts exactly, however many ask at once, and says when to come back", async () => {
    const limit = make("at-once");
    const asked = await Promise.allSettled(Array.from({ length: 9 }, () => limit.consume("ana@acme.example")));
    expect(asked.filter((each) => each.status === "fulfilled")).toHaveLength(3);
    await expect(limit.consume("ana@acme.example")).rejects.toMatchObject({
      code: "QUOTA_EXCEEDED",
      message: "Too many attempts. Try again in 15 minutes.",
      retryAfterMs: expect.any(Number),
    });
    await expect(limit.consume("ben@acme.example")).resolves.toBeUndefined();
  });

  it("is counted by every process and survives a restart", async () => {
    for (const each of [make("shared"), make("shared"), make("shared")]) await each.consume("a");
    await expect(make("shared").consume("a")).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    await expect(make("another").consume("a")).resolves.toBeUndefined();
  });

  it("forgives after a success, and when its time is over", async () => {
    const limit = make("forgiven");
    for (let n = 0; n < 3; n++) await limit.consume("a");
    await limit.forgive("a");
    await limit.consume("a");
    for (let n = 0; n < 2; n++) await limit.consume("a");
    await owner.query("update rate_limits set expire = 1 where key like 'forgiven%'");
    await limit.consume("a");
  });

  it("keeps no address, and forgets what no longer counts", async () => {
    await make("kept").consume("ana@acme.example");
    expect(JSON.stringify((await owner.query("select * from rate_limits")).rows)).not.toContain("ana");
    await owner.query("update rate_limits set expire = 1 where key like 'kept%'");
    expect(await forgetLimits()).toBe(1);
  });
});
