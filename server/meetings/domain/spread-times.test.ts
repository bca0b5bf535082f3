import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadTimes } from "./spread-times.ts";

const at = (iso: string) => Date.parse(iso);
const HALF_HOUR = 30 * 60_000;
const iso = (starts: number[]) => starts.map((start) => new Date(start).toISOString().slice(0, 16));

/** Every half hour of a host in Lisbon, 09:00 to 17:00, Mon 2 to Fri 6 March 2026. */
const week = [2, 3, 4, 5, 6].flatMap((day) => Array.from({ length: 16 }, (_, index) => at(`2026-03-0${day}T09:00Z`) + index * HALF_HOUR));

describe("spreadTimes", () => {
  it("offers three different days at three different times of day", () => {
    const times = spreadTimes({ starts: week, durationMs: HALF_HOUR, zone: "Europe/Lisbon", count: 3 });
    expect(iso(times)).toEqual(["2026-03-02T10:00", "2026-03-03T14:00", "2026-03-04T16:00"]);
  });

  it("stays inside the prospect's working hours", () => {
    const times = spreadTimes({ starts: week, durationMs: HALF_HOUR, zone: "America/Los_Angeles", count: 3 });
    // 09:00 in California is 17:00 in Lisbon: the host is not there any more, so nothing good can be offered.
    expect(times).toEqual([]);
    expect(iso(spreadTimes({ starts: week, durationMs: HALF_HOUR, zone: "America/New_York", count: 3 }))).toEqual([
      "2026-03-02T15:00",
      "2026-03-03T16:30",
      "2026-03-04T16:30",
    ]);
  });

  it("puts a free time that they asked for first, and ignores one that is taken", () => {
    const wanted = [at("2026-03-03T15:00Z"), at("2026-03-03T20:00Z")];
    const times = spreadTimes({ starts: week, durationMs: HALF_HOUR, zone: "Europe/Lisbon", count: 3, wanted });
    expect(iso(times)[0]).toBe("2026-03-03T15:00");
    expect(new Set(iso(times).map((time) => time.slice(0, 10))).size).toBe(3);
  });

  it("leaves out days off, and fills up from one day when there is only one", () => {
    const daysOff = new Set(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]);
    const times = spreadTimes({ starts: week, durationMs: HALF_HOUR, zone: "Europe/Lisbon", count: 3, daysOff });
    expect(iso(times)).toHaveLength(3);
    expect(iso(times).every((time) => time.startsWith("2026-03-06"))).toBe(true);
  });

  it("never offers a time twice, more than asked, or one that is not free", () => {
    fc.assert(
      fc.property(
        fc.subarray(week),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom("Europe/Lisbon", "Asia/Kolkata", "America/New_York"),
        (starts, count, zone) => {
          const times = spreadTimes({ starts, durationMs: HALF_HOUR, zone, count });
          return times.length <= count && new Set(times).size === times.length && times.every((time) => starts.includes(time));
        },
      ),
    );
  });
});
