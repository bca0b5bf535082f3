import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weekdays } from "../constants.ts";
import type { WeeklyHours } from "../schema.ts";
import { freeSlots, gridStep, nearestSlots, type SlotQuestion } from "./free-slots.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (iso: string) => Date.parse(iso);
const iso = (starts: number[]) => starts.map((start) => new Date(start).toISOString().slice(0, 16));

const base: SlotQuestion = {
  range: { start: at("2026-03-02T00:00Z"), end: at("2026-03-03T00:00Z") },
  now: at("2026-03-02T00:00Z"),
  zone: "Europe/Lisbon",
  hours: { mon: [["09:00", "11:00"]] },
  durationMs: 30 * MINUTE,
  bufferMs: 0,
  noticeMs: 0,
  horizonMs: 30 * DAY,
  busy: [],
};

describe("freeSlots", () => {
  it("fills the working hours to their last minute", () => {
    expect(iso(freeSlots(base))).toEqual(["2026-03-02T09:00", "2026-03-02T09:30", "2026-03-02T10:00", "2026-03-02T10:30"]);
    expect(iso(freeSlots({ ...base, durationMs: HOUR }))).toEqual(["2026-03-02T09:00", "2026-03-02T09:30", "2026-03-02T10:00"]);
  });

  it("keeps exactly one buffer between meetings, on both sides", () => {
    const busy = [{ start: at("2026-03-02T09:30Z"), end: at("2026-03-02T10:10Z") }]; // 30 minutes and a buffer of 10
    expect(iso(freeSlots({ ...base, bufferMs: 10 * MINUTE, busy }))).toEqual(["2026-03-02T10:30"]);
    expect(iso(freeSlots({ ...base, bufferMs: 0, busy }))).toEqual(["2026-03-02T09:00", "2026-03-02T10:30"]);
  });

  it("respects the notice to the minute and ends at the horizon", () => {
    const now = at("2026-03-02T08:30Z");
    expect(iso(freeSlots({ ...base, now, noticeMs: HOUR }))[0]).toBe("2026-03-02T09:30");
    expect(iso(freeSlots({ ...base, now, noticeMs: HOUR + 1 }))[0]).toBe("2026-03-02T10:00");
    expect(freeSlots({ ...base, now, horizonMs: 30 * MINUTE })).toEqual([]);
  });

  it("follows the host's clock over a change to summer time", () => {
    const friday = { ...base, hours: { fri: [["09:00", "09:30"]], mon: [["09:00", "09:30"]] } as WeeklyHours };
    const range = { start: at("2026-03-27T00:00Z"), end: at("2026-03-31T00:00Z") };
    expect(iso(freeSlots({ ...friday, range }))).toEqual(["2026-03-27T09:00", "2026-03-30T08:00"]);
  });

  it("offers no hour that daylight saving skips, and both of the one that it repeats", () => {
    const night: SlotQuestion = { ...base, zone: "Europe/Berlin", hours: { sun: [["01:30", "03:30"]] } };
    const spring = { start: at("2026-03-28T12:00Z"), end: at("2026-03-29T12:00Z") };
    const autumn = { start: at("2026-10-24T12:00Z"), end: at("2026-10-25T12:00Z") };
    expect(iso(freeSlots({ ...night, range: spring }))).toEqual(["2026-03-29T00:30", "2026-03-29T01:00"]);
    expect(freeSlots({ ...night, now: at("2026-10-24T00:00Z"), range: autumn })).toHaveLength(6);
  });

  it("agrees with a minute-by-minute oracle, over zones, nights of change and busy times", () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(freeSlots(asked)).toEqual(oracle(asked));
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});

describe("nearestSlots", () => {
  it("answers with the closest, in order of time", () => {
    expect(nearestSlots([10, 20, 30, 40], 22, 2)).toEqual([20, 30]);
    expect(nearestSlots([], 22, 2)).toEqual([]);
  });
});

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Pacific/Apia",
  "Asia/Kathmandu",
];
const anchors = [
  "2026-03-08T12:00Z",
  "2026-03-29T00:00Z",
  "2026-04-05T00:00Z",
  "2026-10-25T00:00Z",
  "2026-11-01T06:00Z",
  "2026-04-24T00:00Z",
  "2026-10-29T20:00Z",
  "2028-02-29T00:00Z",
];
const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30)).map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
const span = fc.tuple(clock, fc.oneof(clock, fc.constant("24:00"))).filter(([from, to]) => from < to);
const hours = fc.array(fc.array(span, { maxLength: 2 }), { minLength: 7, maxLength: 7 }).map((days) => {
  const week: WeeklyHours = {};
  weekdays.forEach((day, index) => {
    week[day] = days[index] as [string, string][];
  });
  return week;
});

const question: fc.Arbitrary<SlotQuestion> = fc
  .record({
    zone: fc.constantFrom(...zones),
    anchor: fc.constantFrom(...anchors),
    shift: fc.integer({ min: -30 * 60, max: 6 * 60 }),
    length: fc.integer({ min: 60, max: 40 * 60 }),
    duration: fc.constantFrom(10, 15, 25, 30, 45, 60, 90),
    buffer: fc.constantFrom(0, 5, 10, 30),
    notice: fc.integer({ min: 0, max: 600 }),
    horizon: fc.integer({ min: 60, max: 3000 }),
    hours,
    busy: fc.array(fc.tuple(fc.integer({ min: -600, max: 2400 }), fc.integer({ min: 1, max: 300 })), { maxLength: 6 }),
  })
  .map((given) => {
    const start = at(given.anchor) + given.shift * MINUTE;
    return {
      range: { start, end: start + given.length * MINUTE },
      now: start - 60 * MINUTE,
      zone: given.zone,
      hours: given.hours,
      durationMs: given.duration * MINUTE,
      bufferMs: given.buffer * MINUTE,
      noticeMs: given.notice * MINUTE,
      horizonMs: given.horizon * MINUTE,
      busy: given.busy.map(([from, minutes]) => ({ start: start + from * MINUTE, end: start + (from + minutes) * MINUTE })),
    };
  });

const formats = new Map<string, Intl.DateTimeFormat>();
function civil(instant: number, zone: string): { day: string; weekday: string; clock: string } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      dateStyle: undefined,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: String(parts.weekday).toLowerCase(),
    clock: `${parts.hour}:${parts.minute}`,
  };
}

/** Slow and plain: is every single minute worked, on one civil day, and free? */
function oracle(asked: SlotQuestion): number[] {
  const earliest = Math.max(asked.range.start, asked.now + asked.noticeMs);
  const latest = Math.min(asked.range.end, asked.now + asked.horizonMs);
  const step = gridStep(asked.durationMs);
  const starts: number[] = [];
  let run: { start: number; day: string } | null = null;
  let runs: { start: number; end: number }[] = [];
  const first = Math.floor((earliest - 26 * HOUR) / MINUTE) * MINUTE;
  for (let minute = first; minute < latest + asked.durationMs + MINUTE; minute += MINUTE) {
    const here = civil(minute, asked.zone);
    const worked = (asked.hours[here.weekday as "mon"] ?? []).some(([from, to]) => from <= here.clock && here.clock < to);
    if (run && (!worked || run.day !== here.day)) {
      runs.push({ start: run.start, end: minute });
      run = null;
    }
    if (worked && !run) run = { start: minute, day: here.day };
  }
  if (run) runs.push({ start: run.start, end: latest + asked.durationMs + MINUTE });
  runs = runs.filter((each) => each.start > first || each.end - each.start < 24 * HOUR);
  for (const each of runs) {
    for (let start = each.start; start + asked.durationMs <= each.end; start += step) {
      if (start < earliest || start >= latest) continue;
      const end = start + asked.durationMs + asked.bufferMs;
      if (asked.busy.every((block) => block.end <= start || block.start >= end)) starts.push(start);
    }
  }
  return starts;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
