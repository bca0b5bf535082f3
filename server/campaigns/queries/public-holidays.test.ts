import { describe, expect, it } from "vitest";
import { parseIsoDay } from "../domain/zone-days.ts";
import { publicHolidays } from "./public-holidays.ts";

const MARCH = Date.UTC(2026, 2, 2);

describe("publicHolidays", () => {
  it("knows Liberation Day in Bulgaria, in English", () => {
    expect(publicHolidays("BG", MARCH).get(parseIsoDay("2026-03-03"))).toBe("Liberation Day");
  });

  it("reaches into the next year and leaves school days out", () => {
    const germany = publicHolidays("DE", MARCH);

    expect(germany.get(parseIsoDay("2027-01-01"))).toBe("New Year's Day");
    expect(germany.get(parseIsoDay("2026-03-03"))).toBeUndefined();
  });

  it("answers an unknown country with none", () => {
    expect(publicHolidays("XX", MARCH).size).toBe(0);
    expect(publicHolidays(null, MARCH).size).toBe(0);
  });
});
