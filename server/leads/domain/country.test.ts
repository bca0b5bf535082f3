import { describe, expect, it } from "vitest";
import { countryName, readCountry } from "./country.ts";

describe("readCountry", () => {
  it.each([
    ["IT", "IT"],
    ["it", "IT"],
    ["ITA", "IT"],
    ["Italy", "IT"],
    ["Italia", "IT"],
    ["Italien", "IT"],
    ["UK", "GB"],
    ["England", "GB"],
    ["United Kingdom", "GB"],
    ["USA", "US"],
    ["U.S.A.", "US"],
    ["United States", "US"],
    ["Deutschland", "DE"],
    ["Allemagne", "DE"],
    ["España", "ES"],
    ["Espana", "ES"],
    ["България", "BG"],
    ["日本", "JP"],
    ["The Netherlands", "NL"],
    ["Côte d'Ivoire", "CI"],
    ["ZZ", null],
    ["Atlantis", null],
    ["", null],
  ])("reads %s as %s", (raw, code) => expect(readCountry(raw)).toBe(code));

  it("names a code", () => expect(countryName("BG")).toBe("Bulgaria"));
});
