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
    ["U.K.", "GB"],
    ["United States (US)", "US"],
    ["Bosnia and Herzegovina", "BA"],
    ["Trinidad & Tobago", "TT"],
    ["Korea, Republic of", "KR"],
    ["Korea, Democratic People's Republic of", null],
    ["Tanzania, United Republic of", "TZ"],
    ["Congo (DRC)", null],
    ["Georgia, United States", null],
    ["Ivory Coast", "CI"],
    ["Česká republika", "CZ"],
    ["Hrvatska", "HR"],
    ["ישראל", "IL"],
    ["ZZ", null],
    ["Atlantis", null],
    ["", null],
  ])("reads %s as %s", (raw, code) => expect(readCountry(raw)).toBe(code));

  it("names a code", () => expect(countryName("BG")).toBe("Bulgaria"));
});
