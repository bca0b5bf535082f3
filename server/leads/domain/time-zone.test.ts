import { describe, expect, it } from "vitest";
import { readTimeZone } from "./time-zone.ts";

describe("readTimeZone", () => {
  it.each([
    [{ country: "IT", city: "Milano" }, "Europe/Rome", "city"],
    [{ country: "IT" }, "Europe/Rome", "country"],
    [{ phone: "+39 02 1234567" }, "Europe/Rome", "phone"],
    [{ phone: "0039 02 1234567" }, "Europe/Rome", "phone"],
    [{ phone: "+1 415 555 0100" }, "America/Los_Angeles", "phone"],
    [{ country: "US", phone: "+1 212 555 0100" }, "America/New_York", "country"],
    [{ country: "US", city: "San José" }, "America/Los_Angeles", "city"],
    [{ country: "US", city: "Springfield, MO" }, "America/Chicago", "city"],
    [{ country: "US" }, "America/New_York", "country"],
    [{ country: "AU", city: "Perth" }, "Australia/Perth", "city"],
    [{ country: "PT", city: "Funchal" }, "Atlantic/Madeira", "city"],
    [{ city: "Lisbon" }, "Europe/Lisbon", "city"],
    [{ stated: "Europe/Sofia", country: "IT" }, "Europe/Sofia", "stated"],
    [{ stated: "nowhere", country: "BG" }, "Europe/Sofia", "country"],
    [{ companyCountry: "NO" }, "Europe/Oslo", "company"],
    [{ country: "IT", phone: "+44 20 7946 0000" }, "Europe/London", "phone"],
  ])("%o is %s, from the %s", (facts, timeZone, source) => expect(readTimeZone(facts)).toEqual({ timeZone, source }));

  it("says nothing where nothing is known", () => {
    expect(readTimeZone({})).toBeNull();
    expect(readTimeZone({ city: "Springfield" })).toBeNull();
    expect(readTimeZone({ phone: "12" })).toBeNull();
  });
});
