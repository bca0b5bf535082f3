import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayInWords, dayOrderOf, readDay } from "./read-day.ts";

describe("readDay", () => {
  it.each([
    ["3 Apr 2026", "dmy", "2026-04-03"],
    ["Apr 3, 2026", "mdy", "2026-04-03"],
    ["Fri 3 April", "dmy", "2026-04-03"],
    ["2026-04-03", "mdy", "2026-04-03"],
    ["03/04/2026", "dmy", "2026-04-03"],
    ["03/04/2026", "mdy", "2026-03-04"],
    ["3.4.26", "dmy", "2026-04-03"],
    ["26/4/3", "ymd", "2026-04-03"],
    ["3/4", "dmy", "2026-04-03"],
    ["31 Feb 2026", "dmy", null],
    ["13/13/2026", "dmy", null],
    ["soon", "dmy", null],
    ["4", "dmy", null],
    ["", "dmy", null],
  ] as const)("reads %s, written %s, as %s", (text, order, day) => expect(readDay(text, order, 2026)).toBe(day));

  it("reads back what it writes, in every order", () => {
    const day = fc.date({ min: new Date("1950-01-01"), max: new Date("2150-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom("dmy", "mdy", "ymd"), (at, order) => {
        const iso = at.toISOString().slice(0, 10);
        expect(readDay(dayInWords(iso), order, 2026)).toBe(iso);
        expect(readDay(iso, order, 2026)).toBe(iso);
      }),
    );
  });

  it("knows who writes the month first", () => {
    expect(["en-US", "en-GB", "de", "sv-SE", "hu"].map(dayOrderOf)).toEqual(["mdy", "dmy", "dmy", "ymd", "ymd"]);
  });
});
