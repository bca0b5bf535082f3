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
    [{ country: "US", city: "Phoenix, Arizona" }, "America/Phoenix", "city"],
    [{ country: "US", city: "Las Vegas, Nevada, United States" }, "America/Los_Angeles", "city"],
    [{ country: "US", city: "Buffalo, New York" }, "America/New_York", "city"],
    [{ country: "US", city: "Missoula, Montana" }, "America/Denver", "city"],
    [{ country: "US", city: "Springfield, MO, USA" }, "America/Chicago", "city"],
    [{ country: "US", city: "Rochester, NY 14604" }, "America/New_York", "city"],
    [{ country: "US", city: "Boise ID" }, "America/Denver", "city"],
    [{ country: "US", city: "El Paso, TX 79901" }, "America/Denver", "city"],
    [{ country: "US", city: "El Paso TX" }, "America/Denver", "city"],
    [{ city: "El Paso, Texas, USA" }, "America/Denver", "city"],
    [{ country: "US", city: "Pensacola, FL" }, "America/Chicago", "city"],
    [{ country: "US", city: "Gary, Indiana" }, "America/Chicago", "city"],
    [{ country: "US", city: "Knoxville, TN" }, "America/New_York", "city"],
    [{ country: "US", city: "Coeur d'Alene, ID" }, "America/Los_Angeles", "city"],
    [{ country: "US", city: "Portland, ME" }, "America/New_York", "city"],
    [{ country: "CA", city: "Kelowna, BC" }, "America/Vancouver", "city"],
    [{ country: "CA", city: "Kelowna, BC V1Y 1A1" }, "America/Vancouver", "city"],
    [{ country: "CA", city: "Red Deer, Alberta, Canada" }, "America/Edmonton", "city"],
    [{ country: "CA", city: "Richmond, ON" }, "America/Toronto", "city"],
    [{ country: "AU", city: "Townsville QLD" }, "Australia/Brisbane", "city"],
    [{ country: "AU", city: "Albany, WA 6330" }, "Australia/Perth", "city"],
    [{ city: "London" }, "Europe/London", "city"],
    [{ city: "London, United Kingdom", companyCountry: "US" }, "Europe/London", "city"],
    [{ country: "CA", city: "London" }, "America/Toronto", "city"],
    [{ city: "Atlanta, Georgia" }, "America/New_York", "city"],
    [{ city: "Birmingham", phone: "+44 121 496 0000" }, "Europe/London", "phone"],
    [{ stated: "Asia/Kolkata" }, "Asia/Calcutta", "stated"],
    [{ stated: "Europe/Kyiv" }, "Europe/Kiev", "stated"],
  ])("%o is %s, from the %s", (facts, timeZone, source) => expect(readTimeZone(facts)).toEqual({ timeZone, source }));

  it("says nothing where nothing is known", () => {
    expect(readTimeZone({})).toBeNull();
    expect(readTimeZone({ city: "Springfield" })).toBeNull();
    expect(readTimeZone({ phone: "12" })).toBeNull();
    // Large cities of several countries have this name.
    expect(readTimeZone({ city: "Birmingham" })).toBeNull();
    // Three letters mean another clock in each country, and none that changes in spring.
    expect(readTimeZone({ stated: "EST" })).toBeNull();
  });
});
