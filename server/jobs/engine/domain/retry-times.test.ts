import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextCronAt } from "./cron-times.ts";
import { retryAt, wakeAt } from "./retry-times.ts";

const now = new Date("2026-03-01T00:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

describe("retryAt", () => {
  it("waits longer each time, never less than asked, and at most a tenth more", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, dice) => {
        const wait = (n: number, die: number) => retryAt({ now, attempt: n, retryAfter: null, dice: die }).getTime() - now.getTime();
        expect(wait(attempt, dice)).toBeGreaterThanOrEqual(wait(attempt, 0));
        expect(wait(attempt, dice)).toBeLessThanOrEqual(wait(attempt, 0) * 1.1);
        expect(wait(attempt + 1, 0)).toBeGreaterThanOrEqual(wait(attempt, 0));
      }),
    );
  });
  it("does what the function asked", () => {
    expect(retryAt({ now, attempt: 3, retryAfter: "90", dice: 0.5 })).toEqual(later(90_000));
    expect(retryAt({ now, attempt: 3, retryAfter: "2026-03-01T08:00:00.000Z", dice: 0.5 })).toEqual(later(8 * 3_600_000));
    expect(retryAt({ now, attempt: 0, retryAfter: "soon", dice: 0 })).toEqual(later(10_000));
  });
});

describe("wakeAt", () => {
  it.each([
    ["1s", 1_000],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
    ["1w1d1h1m1s", 694_861_000],
  ])("reads %s", (name, ms) => expect(wakeAt(name, now)).toEqual(later(ms)));
  it("reads an instant, and nothing else", () => {
    expect(wakeAt("2026-03-01T00:00:05.000Z", now)).toEqual(later(5_000));
    expect(wakeAt("1 fortnight", now)).toBeNull();
  });
});

describe("nextCronAt", () => {
  it("speaks UTC unless a zone is named, across daylight saving", () => {
    expect(nextCronAt("0 9 * * *", now)).toEqual(new Date("2026-03-01T09:00:00Z"));
    expect(nextCronAt("TZ=Europe/Lisbon 0 9 * * *", new Date("2026-03-29T10:00:00Z"))).toEqual(new Date("2026-03-30T08:00:00Z"));
    expect(nextCronAt("* * * * *", now)).toEqual(new Date("2026-03-01T00:01:00Z"));
  });
});
