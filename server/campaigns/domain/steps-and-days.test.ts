import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CampaignStep } from "../schema.ts";
import { mailboxCapOn } from "./daily-cap.ts";
import { faultsOfSteps, nextMail } from "./next-step.ts";
import { addWorkingDays, countWorkingDays, NO_HOLIDAYS, weekendOf } from "./working-days.ts";
import { parseIsoDay, weekdayOf } from "./zone-days.ts";

const mail = (position: number, thread: "new" | "same" = "new"): CampaignStep => ({
  id: `m${position}`,
  lineageId: `l${position}`,
  position,
  kind: "email",
  config: { thread, intent: "introduce", instruction: "", subject: null },
});
const wait = (position: number, workingDays: number): CampaignStep => ({
  id: `w${position}`,
  lineageId: `l${position}`,
  position,
  kind: "wait",
  config: { workingDays },
});
const firstTouch = [mail(1), wait(2, 3), mail(3, "same"), wait(4, 5), mail(5)];

describe("nextMail", () => {
  it("begins at the first mail and adds up the waits between", () => {
    expect(nextMail(firstTouch, null)).toMatchObject({ step: { id: "m1" }, waitWorkingDays: 0 });
    expect(nextMail(firstTouch, { position: 1 })).toMatchObject({ step: { id: "m3" }, waitWorkingDays: 3 });
    expect(nextMail([mail(1), wait(2, 3), wait(3, 2), mail(4)], { position: 1 })).toMatchObject({ waitWorkingDays: 5 });
    expect(nextMail(firstTouch, { position: 5 })).toBeNull();
  });
});

describe("faultsOfSteps", () => {
  it("names what is missing", () => {
    expect(faultsOfSteps(firstTouch)).toEqual([]);
    expect(faultsOfSteps([])).toEqual(["Add at least one mail."]);
    expect(faultsOfSteps([wait(1, 2)])).toHaveLength(3);
    expect(faultsOfSteps([mail(1, "same")])).toEqual(["The first mail begins a thread; it cannot answer in one."]);
    expect(faultsOfSteps([mail(1), mail(2)])).toEqual(["Add a wait between mail 1 and the next."]);
  });
});

describe("working days", () => {
  const calendar = { weekend: weekendOf("BG"), holidays: new Map([[parseIsoDay("2026-03-03"), "Liberation Day"]]) };

  it("passes over weekends and holidays", () => {
    expect(addWorkingDays(parseIsoDay("2026-03-02"), 3, calendar)).toBe(parseIsoDay("2026-03-06"));
    expect(addWorkingDays(parseIsoDay("2026-03-06"), 1, calendar)).toBe(parseIsoDay("2026-03-09"));
    expect(weekendOf("SA")).toEqual([5, 6]);
  });

  it("counts what it adds, and always ends on a working day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom("DE", "IL", "NP"),
        (day, count, country) => {
          const of = { weekend: weekendOf(country), holidays: NO_HOLIDAYS };
          const end = addWorkingDays(day, count, of);
          expect(countWorkingDays(day, end, of)).toBe(count);
          expect(of.weekend).not.toContain(weekdayOf(end));
        },
      ),
    );
  });
});

describe("mailboxCapOn", () => {
  it.each([
    [0, 10],
    [6, 10],
    [7, 15],
    [42, 40],
    [400, 40],
  ])("after %i days a new mailbox may send %i", (days, expected) => {
    expect(mailboxCapOn({ dailyCap: 40, rampFrom: 20_000 }, 20_000 + days)).toBe(expected);
  });

  it("has full pace without building up", () => {
    expect(mailboxCapOn({ dailyCap: 40, rampFrom: null }, 20_000)).toBe(40);
  });
});
