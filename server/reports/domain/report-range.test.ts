import { describe, expect, it } from "vitest";
import { openRange, reportRange } from "./report-range.ts";
import { writeCsv } from "./write-csv.ts";

const now = new Date("2026-03-04T12:00:00Z");

describe("reportRange", () => {
  it("is the week of today, from Monday, in the workspace's zone", () => {
    const range = reportRange({}, now, "Asia/Kolkata");
    expect(range).toMatchObject({ firstOn: "2026-03-02", lastOn: "2026-03-08", previousOn: "2026-02-23", nextOn: "2026-03-09" });
    expect(range.from.toISOString()).toBe("2026-03-01T18:30:00.000Z");
  });

  it("is a week of 167 hours when summer time begins", () => {
    const { from, to } = reportRange({ from: "2026-03-25" }, now, "Europe/Lisbon");
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(167);
  });

  it("takes the days given, and compares with as many before", () => {
    expect(reportRange({ from: "2026-03-01", to: "2026-03-11" }, now, "UTC")).toMatchObject({
      firstOn: "2026-03-01",
      lastOn: "2026-03-10",
      previousOn: "2026-02-19",
    });
    expect(() => reportRange({ from: "2026-03-11", to: "2026-03-11" }, now, "UTC")).toThrow("after the start");
    expect(() => openRange({ from: "2026-03-11", to: "2026-03-10" }, "UTC")).toThrow("after the start");
  });
});

describe("writeCsv", () => {
  it("quotes what needs it and disarms formulas", () => {
    expect(
      writeCsv([
        ["a", 'say "x", y', null, 3],
        ["=1+1", "-5", "+49", "@x"],
      ]),
    ).toBe('a,"say ""x"", y",,3\r\n\'=1+1,\'-5,\'+49,\'@x\r\n');
  });
});
