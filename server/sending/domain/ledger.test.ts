import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextAttemptAt, outcomeOf } from "./ledger.ts";

const reservedAt = new Date("2026-03-02T09:00:00Z");
const hoursLater = (hours: number) => new Date(reservedAt.getTime() + hours * 3_600_000);

describe("nextAttemptAt", () => {
  it("waits longer each time", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map(
      (attempt) => Number(nextAttemptAt({ attempt, reservedAt, now: reservedAt })) - reservedAt.getTime(),
    );
    expect(waits.map((wait) => wait / 60_000)).toEqual([5, 15, 30, 60, 120, 240, 240]);
  });

  it("gives up when the next try would be later than 72 hours after it was first reserved", () => {
    expect(nextAttemptAt({ attempt: 9, reservedAt, now: hoursLater(68) })).toEqual(hoursLater(72));
    expect(nextAttemptAt({ attempt: 9, reservedAt, now: new Date(hoursLater(68).getTime() + 1) })).toBeNull();
  });

  it("ends whatever happens", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (delayMs) => {
        let [now, attempt]: [Date | null, number] = [reservedAt, 0];
        while (now) {
          attempt += 1;
          now = nextAttemptAt({ attempt, reservedAt, now: new Date(now.getTime() + delayMs) });
          if (now) expect(now.getTime() - reservedAt.getTime()).toBeLessThanOrEqual(72 * 3_600_000);
        }
        expect(attempt).toBeLessThan(30);
      }),
    );
  });
});

describe("outcomeOf", () => {
  it.each([
    ["accepted", true, "sent"],
    ["refused", true, "failed"],
    ["not_accepted", true, "deferred"],
    ["not_accepted", false, "failed"],
    ["unknown", true, "uncertain"],
    ["unknown", false, "uncertain"],
  ] as const)("%s, can try again: %s → %s", (kind, canTryAgain, status) => {
    expect(outcomeOf({ kind, response: "x" }, canTryAgain).status).toBe(status);
  });
});
