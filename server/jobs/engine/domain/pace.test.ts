import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pace, putOff, ratePace, reserve, spend, throttlePace } from "./pace.ts";

const arrivals = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 60 }).map((gaps) => {
  let at = 1_000_000;
  return gaps.map((gap) => {
    at += gap;
    return at;
  });
});
const throttle = fc.record({
  limit: fc.integer({ min: 1, max: 8 }),
  burst: fc.integer({ min: 0, max: 4 }),
  periodMs: fc.integer({ min: 1_000, max: 20_000 }),
});

function startsOf(pace: Pace, events: readonly number[]): number[] {
  let tat: number | null = null;
  return events.map((now) => {
    const place = reserve(pace, tat, now);
    tat = place.tat;
    return place.at;
  });
}

describe("throttle", () => {
  it("starts nobody early, keeps the order, and loses nobody", () => {
    fc.assert(
      fc.property(throttle, arrivals, (options, events) => {
        const starts = startsOf(throttlePace(options), events);
        expect(starts).toHaveLength(events.length);
        for (const [index, at] of starts.entries()) {
          expect(at).toBeGreaterThanOrEqual(events[index] ?? 0);
          expect(at).toBeGreaterThanOrEqual(starts[index - 1] ?? 0);
        }
      }),
    );
  });

  it("never starts more in any window than the limit for it and what may go ahead", () => {
    fc.assert(
      fc.property(throttle, arrivals, fc.integer({ min: 0, max: 30_000 }), (options, events, window) => {
        const starts = startsOf(throttlePace(options), events);
        for (const from of starts) {
          const count = starts.filter((at) => at >= from && at < from + window).length;
          expect(count).toBeLessThanOrEqual(options.limit + options.burst + Math.ceil((window * options.limit) / options.periodMs));
        }
      }),
    );
  });

  it("holds nobody back longer than the limit asks for", () => {
    fc.assert(
      fc.property(throttle, fc.integer({ min: 1, max: 50 }), (options, count) => {
        const starts = startsOf(
          throttlePace(options),
          Array.from({ length: count }, () => 0),
        );
        const ahead = options.limit + options.burst;
        for (const [index, at] of starts.entries()) {
          expect(at).toBeCloseTo(Math.max(0, index + 1 - ahead) * (options.periodMs / options.limit), 6);
        }
      }),
    );
  });
});

describe("rateLimit", () => {
  it("lets one of a kind through in a day", () => {
    const once = ratePace({ limit: 1, burst: 0, periodMs: 86_400_000 });
    const tat = spend(once, null, 0);
    expect(tat).toBe(86_400_000);
    expect(spend(once, tat, 86_399_999)).toBeNull();
    expect(spend(once, tat, 86_400_000)).toBe(2 * 86_400_000);
  });

  it("spreads ten a minute as Inngest does: two at once, then one each six seconds", () => {
    const pace = ratePace({ limit: 10, burst: 1, periodMs: 60_000 });
    let tat: number | null = null;
    const passed = [0, 0, 0, 5_999, 6_000, 6_001, 12_000].filter((now) => {
      const next = spend(pace, tat, now);
      tat = next ?? tat;
      return next !== null;
    });
    expect(passed).toEqual([0, 0, 6_000, 12_000]);
  });
});

describe("debounce", () => {
  it("is due one period after the last event, and never later than the first one's timeout", () => {
    const options = fc.record({
      periodMs: fc.integer({ min: 1_000, max: 9_000 }),
      timeoutMs: fc.option(fc.integer({ min: 1_000, max: 20_000 })),
    });
    fc.assert(
      fc.property(options, arrivals, (debounce, events) => {
        type Held = { dueAt: number; latestAt: number | null; firstAt: number };
        events.reduce<Held | null>((before, now) => {
          const held = before && before.dueAt > now ? before : null; // else it ran
          const next = { ...putOff(debounce, held, now), firstAt: held?.firstAt ?? now };
          expect(next.dueAt).toBeGreaterThan(now);
          expect(next.dueAt).toBeLessThanOrEqual(now + debounce.periodMs);
          if (debounce.timeoutMs !== null) expect(next.dueAt).toBeLessThanOrEqual(next.firstAt + debounce.timeoutMs);
          return next;
        }, null);
      }),
    );
  });
});
