import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { explainNotNow } from "./explain-not-now.ts";
import { type PlanInput, planSend } from "./plan-send.ts";
import { NO_HOLIDAYS, weekendOf } from "./working-days.ts";
import { parseIsoDay } from "./zone-days.ts";

const at = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
const shown = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString();
const OFFICE = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };

function input(change: Partial<PlanInput> & { zone?: string } = {}): PlanInput {
  const { zone = "Europe/Lisbon", ...rest } = change;
  return {
    now: at("2026-03-02T09:00:00Z"),
    notBefore: null,
    seed: "nadia@norvale.example|first",
    recipient: { zone, zoneSays: "from the phone prefix", place: null, weekend: weekendOf(null), holidays: NO_HOLIDAYS, awayUntil: null },
    window: OFFICE,
    skipHolidays: true,
    mailbox: {
      label: "ana@acme.example",
      zone: "Europe/Lisbon",
      window: { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "23:59" },
      gapMinMs: 240_000,
      gapMaxMs: 540_000,
      slots: [],
      away: null,
    },
    caps: [{ label: "ana@acme.example", capOn: () => 40, usedOn: () => 0 }],
    ...rest,
  };
}

describe("planSend", () => {
  it("waits for the hours of the person, not ours", () => {
    const plan = planSend(input({ zone: "America/Los_Angeles" }));

    expect(plan).toMatchObject({ kind: "exact" });
    expect(plan.kind !== "never" && shown(plan.at, "America/Los_Angeles")).toMatch(/^2026-03-02T09:(0|1)\d/);
    expect(plan.reasons[0]?.text).toBe("outside working hours now: it is 01:00 in Los Angeles (from the phone prefix)");
  });

  it("waits for a public holiday and names it", () => {
    const holidays = new Map([[parseIsoDay("2026-03-03"), "Liberation Day"]]);
    const base = input({ zone: "Europe/Sofia", now: at("2026-03-02T16:00:00Z") });
    const plan = planSend({ ...base, recipient: { ...base.recipient, holidays } });

    expect(plan.kind !== "never" && shown(plan.at, "Europe/Sofia")).toMatch(/^2026-03-04T09:/);
    expect(plan.reasons.map((reason) => reason.text)).toContain("public holiday: Liberation Day (Tue 3 Mar)");
  });

  it("resumes on the working day after somebody is back", () => {
    const base = input({ zone: "Europe/Berlin" });
    const plan = planSend({ ...base, recipient: { ...base.recipient, awayUntil: parseIsoDay("2026-03-09") } });

    expect(plan.kind !== "never" && shown(plan.at, "Europe/Berlin")).toMatch(/^2026-03-10T09:/);
    expect(plan.kind).toBe("not_before");
    // exact, and booked, from the start of the second working day before
    expect(plan.kind !== "never" && shown(plan.lookAgainAt, "Europe/Berlin")).toBe("2026-03-06T00:00:00");
  });

  it("keeps mails of a mailbox four to nine minutes apart", () => {
    const first = planSend(input());
    if (first.kind === "never") throw new Error("no plan");
    const base = input({ seed: "tom@tessar.example|first", now: first.at });
    const second = planSend({ ...base, mailbox: { ...base.mailbox, slots: [first.at] } });
    const apart = second.kind === "never" ? 0 : second.at - first.at;

    expect(apart).toBeGreaterThanOrEqual(240_000);
    expect(apart).toBeLessThanOrEqual(900_000);
  });

  it("goes to the next day when the mailbox is full, and says what is left today", () => {
    const full = planSend(
      input({ caps: [{ label: "ana@acme.example", capOn: () => 10, usedOn: (day) => (day === parseIsoDay("2026-03-02") ? 10 : 0) }] }),
    );
    const some = planSend(input({ caps: [{ label: "mailbox", capOn: () => 40, usedOn: () => 28 }] }));

    expect(full.kind !== "never" && shown(full.at, "Europe/Lisbon")).toMatch(/^2026-03-03T09:/);
    expect(full.reasons[0]?.text).toBe("ana@acme.example at its limit of 10 on Mon 2 Mar");
    expect(some.reasons.at(-1)?.text).toBe("mailbox has 12 left today");
  });

  it("waits for a sender who is away, and never sends when hours do not meet", () => {
    const base = input();
    const away = planSend({
      ...base,
      mailbox: { ...base.mailbox, away: { from: parseIsoDay("2026-03-01"), until: parseIsoDay("2026-03-04"), who: "Ana" } },
    });
    const never = planSend({
      ...input({ zone: "Pacific/Auckland" }),
      mailbox: { ...base.mailbox, window: { days: [1, 2, 3, 4, 5], from: "12:00", to: "13:00" } },
    });

    expect(away.kind !== "never" && shown(away.at, "Europe/Lisbon")).toMatch(/^2026-03-05T09:/);
    expect(never.kind).toBe("never");
    expect(never.reasons.map((reason) => reason.text).join()).toContain("outside the hours of Auckland");
  });

  it("names the wait that holds, not one that ends before the day opens", () => {
    const reading = { at: at("2026-03-02T09:30:00Z"), text: "half an hour to read the draft first" };

    expect(planSend(input({ notBefore: reading })).reasons[0]?.code).toBe("wait");
    expect(planSend(input({ notBefore: reading, zone: "America/Los_Angeles" })).reasons[0]?.code).toBe("hours");
    expect(planSend(input({ notBefore: { at: at("2026-03-05T00:00:00Z"), text: "waits until Thu 5 Mar" } })).reasons[0]?.text).toBe(
      "waits until Thu 5 Mar",
    );
  });

  it("gives the same answer every time", () => {
    expect(planSend(input())).toEqual(planSend(input()));
  });
});

const zones = [
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Europe/Lisbon",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kolkata",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "Europe/Dublin",
  "Africa/Casablanca",
  "America/Santiago",
  "Asia/Tehran",
  "Antarctica/Troll",
  "Pacific/Apia",
];
const hour = fc.integer({ min: 6, max: 21 });
const windowOf = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    hour,
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom("00", "15", "30"),
  )
  .map(([days, from, long, minutes]) => ({
    days,
    from: `${String(from).padStart(2, "0")}:${minutes}`,
    to: `${String(Math.min(23, from + long * 2)).padStart(2, "0")}:${minutes}`,
  }));
/** around the nights on which clocks change, the leap day, the turn of the year */
const moments = fc
  .constantFrom(
    "2026-03-08T05:00:00Z",
    "2026-03-28T22:00:00Z",
    "2026-04-04T14:00:00Z",
    "2026-10-03T14:00:00Z",
    "2026-10-25T00:00:00Z",
    "2026-11-01T05:00:00Z",
    "2028-02-28T20:00:00Z",
    "2028-02-29T10:00:00Z",
    "2026-12-31T22:00:00Z",
    "2026-06-17T11:11:11Z",
  )
  .chain((base) => fc.integer({ min: -2_880, max: 2_880 }).map((minutes) => at(base) + minutes * 60_000));

const plans = fc
  .record({
    zone: fc.constantFrom(...zones),
    mailboxZone: fc.constantFrom(...zones),
    now: moments,
    window: windowOf,
    hours: windowOf,
    slots: fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 40 }),
    full: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }),
    holidays: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 4 }),
    away: fc.option(fc.integer({ min: 0, max: 5 })),
    wait: fc.option(fc.integer({ min: 0, max: 6_000 })),
    seed: fc.string(),
  })
  .map((raw): PlanInput => {
    const today = Math.floor(raw.now / 86_400_000);
    return {
      ...input(),
      now: raw.now,
      seed: raw.seed,
      notBefore: raw.wait === null ? null : { at: raw.now + raw.wait * 60_000, text: "waits" },
      recipient: {
        zone: raw.zone,
        zoneSays: "from the address",
        place: null,
        weekend: [6, 7],
        holidays: new Map(raw.holidays.map((day) => [today + day, "Holiday"])),
        awayUntil: raw.away === null ? null : today + raw.away,
      },
      window: raw.window,
      mailbox: {
        ...input().mailbox,
        zone: raw.mailboxZone,
        window: raw.hours,
        slots: [...new Set(raw.slots)].sort((a, b) => a - b).map((minute) => raw.now + minute * 60_000),
      },
      caps: [{ label: "mailbox", capOn: () => 5, usedOn: (day) => (raw.full.includes(day - today) ? 5 : 2) }],
    };
  });

/** The slow way: Temporal for each instant, no intervals, no memory. Leaves out the seeded minutes after opening and the seeded gap. */
function isAllowed(plan: PlanInput, instant: number): boolean {
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(plan.recipient.zone);
  const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(plan.mailbox.zone);
  const within = (moment: Temporal.ZonedDateTime, window: PlanInput["window"]) => {
    const time = moment.toPlainTime().toString().slice(0, 5);
    return window.days.includes(moment.dayOfWeek) && time >= window.from && time < window.to;
  };
  const day = parseIsoDay(there.toPlainDate().toString());
  const mailboxDay = parseIsoDay(here.toPlainDate().toString());
  return (
    instant >= plan.now &&
    instant >= (plan.notBefore?.at ?? 0) &&
    within(there, plan.window) &&
    within(here, plan.mailbox.window) &&
    !plan.recipient.holidays.has(day) &&
    (plan.recipient.awayUntil === null || day > plan.recipient.awayUntil) &&
    plan.caps.every((cap) => cap.usedOn(mailboxDay) < cap.capOn(mailboxDay)) &&
    plan.mailbox.slots.every((slot) => Math.abs(slot - instant) >= plan.mailbox.gapMinMs)
  );
}

describe("planSend against the slow oracle", () => {
  it("never picks a forbidden instant", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const found = planSend(plan);
        if (found.kind !== "never") expect(isAllowed(plan, found.at)).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it("leaves no instant unused beyond the seeded minutes", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const found = planSend(plan);
        const end = Math.min(plan.now + 6 * 86_400_000, found.kind === "never" ? Number.POSITIVE_INFINITY : found.at);
        // Enough free room for the opening minutes and the longest gap on both sides means that the planner should have taken it.
        const room = (plan.mailbox.gapMaxMs + 16 * 60_000) / 60_000;
        // Five minutes a step cannot jump over a booked instant: each forbids eight.
        let free = 0;
        for (let instant = Math.ceil(plan.now / 60_000) * 60_000; instant < end; instant += 300_000) {
          free = isAllowed(plan, instant) ? free + 5 : 0;
          if (free > room + 5)
            throw new Error(`free since ${free} minutes at ${instant}, planned ${found.kind === "never" ? "never" : found.at}`);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe("explainNotNow", () => {
  it("names the one change that helps most", () => {
    const told = explainNotNow(input({ zone: "Europe/Rome", now: at("2026-03-02T18:40:00Z") }));

    expect(told.summary).toMatch(
      /^Not now: outside working hours now: it is 19:40 in Rome \(from the phone prefix\)\. Next: Tue 3 Mar 09:\d\d, Rome\.$/,
    );
    expect(told.change?.text).toMatch(/^Widening hours to 20:00 would send this Mon 2 Mar 19:4\d$/);
  });

  it("promises nothing that does not help", () => {
    expect(explainNotNow(input()).change).toBeNull();
  });
});
