import { describe, expect, it } from "vitest";
import {
  dayOf,
  formatAge,
  formatCivil,
  formatDay,
  formatInstant,
  formatRelative,
  formatShort,
  formatTimeThere,
  isOver,
  placeOf,
} from "./format";

const NOW = new Date("2026-03-02T09:00:00Z");

describe("instants on screens", () => {
  it("names the weekday, and the year only when it differs", () => {
    expect(formatInstant(new Date("2026-03-03T09:12:00Z"), "Europe/Lisbon", NOW)).toBe("Tue 3 Mar 09:12");
    expect(formatInstant(new Date("2027-09-07T09:12:00Z"), "Europe/Lisbon", NOW)).toBe("Tue 7 Sep 2027 10:12");
  });

  it("uses the zone it is given, not the machine's", () => {
    expect(formatInstant(new Date("2026-03-03T23:30:00Z"), "Asia/Tokyo")).toBe("Wed 4 Mar 08:30");
    expect(dayOf(new Date("2026-03-03T23:30:00Z"), "Asia/Tokyo")).toBe("2026-03-04");
  });

  it("is short in tables: the time today, the weekday within six days, else the date", () => {
    expect(formatShort(new Date("2026-03-02T13:05:00Z"), "UTC", NOW)).toBe("13:05");
    expect(formatShort(new Date("2026-03-03T09:12:00Z"), "UTC", NOW)).toBe("Tue 09:12");
    expect(formatShort(new Date("2026-03-12T09:12:00Z"), "UTC", NOW)).toBe("12 Mar 09:12");
  });

  it.each([
    ["2026-03-02T08:59:30Z", "just now"],
    ["2026-03-02T08:48:00Z", "12 min ago"],
    ["2026-03-02T08:00:00Z", "1 h ago"],
    ["2026-02-28T09:00:00Z", "2 d ago"],
    ["2026-03-02T11:00:00Z", "in 2 h"],
    ["2026-01-20T09:00:00Z", "Tue 20 Jan"],
  ])("reads %s as %s", (at, text) => {
    expect(formatRelative(new Date(at), NOW, "UTC")).toBe(text);
  });

  it("ages facts in days, then months, then years", () => {
    expect(formatAge(new Date("2026-03-02T01:00:00Z"), NOW)).toBe("today");
    expect(formatAge(new Date("2026-02-18T09:00:00Z"), NOW)).toBe("12 d");
    expect(formatAge(new Date("2025-10-02T09:00:00Z"), NOW)).toBe("5 months");
    expect(formatAge(new Date("2023-10-02T09:00:00Z"), NOW)).toBe("2 years");
  });

  it("leaves a day of the calendar where it is, in every zone", () => {
    expect(formatCivil("2026-03-03", NOW)).toBe("Tue 3 Mar");
    const evening = new Date("2026-03-04T01:30:00Z");
    expect([isOver("2026-03-03", "America/Los_Angeles", evening), isOver("2026-03-03", "Pacific/Auckland", evening)]).toEqual([
      false,
      true,
    ]);
  });

  it("names the day beside another clock's time where it is another day there", () => {
    const evening = new Date("2026-03-04T01:00:00Z");
    expect(formatTimeThere(evening, "Asia/Tokyo", "America/New_York")).toBe("Wed 10:00");
    expect(formatTimeThere(evening, "Europe/Berlin", "Europe/Lisbon")).toBe("02:00");
  });

  it("writes places as words", () => {
    expect(placeOf("America/Los_Angeles")).toBe("Los Angeles");
    expect(formatDay(NOW, "UTC")).toBe("Mon 2 Mar");
  });
});
