import { describe, expect, it } from "vitest";
import { countryOfZone } from "./country-of-zone.ts";

describe("countryOfZone", () => {
  it.each([
    ["Europe/Lisbon", null, "PT"],
    ["Europe/Berlin", null, "DE"],
    ["America/New_York", null, "US"],
    ["Europe/Berlin", "PT", "DE"],
    ["Atlantic/Azores", "PT", "PT"],
    // Under the name that a browser may give, where the machine lists another.
    ["Europe/Kyiv", null, "UA"],
    ["Asia/Kolkata", null, "IN"],
    ["America/Argentina/Buenos_Aires", null, "AR"],
    ["UTC", "PT", null],
    ["Mars/Olympus", null, null],
  ])("%s with %s likely is %s", (zone, likely, country) => {
    expect(countryOfZone(zone, likely)).toBe(country);
  });
});
