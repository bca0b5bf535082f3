import Holidays from "date-holidays";
import { type Holidays as HolidayMap, NO_HOLIDAYS } from "../domain/working-days.ts";
import { dayAt, isoDay, parseIsoDay } from "../domain/zone-days.ts";

const DAY_MS = 86_400_000;
const remembered = new Map<string, HolidayMap>();

/** Public holidays of a country around a moment: this year and the next two, so that a plan may cross the turn of a year. */
export function publicHolidays(country: string | null, around: number): HolidayMap {
  if (!country) return NO_HOLIDAYS;
  const year = Number(isoDay(dayAt("UTC", around)).slice(0, 4));
  const key = `${country}:${year}`;
  const known = remembered.get(key);
  if (known) return known;
  const days = readCountry(country, [year, year + 1, year + 2]);
  remembered.set(key, days);
  return days;
}

function readCountry(country: string, years: number[]): HolidayMap {
  const calendar = new Holidays(country, { languages: ["en"], types: ["public"] });
  const days = new Map<number, string>();
  for (const year of years) {
    for (const holiday of calendar.getHolidays(year, "en")) {
      const first = parseIsoDay(holiday.date.slice(0, 10));
      const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS));
      for (let day = first; day < first + length; day += 1) days.set(day, holiday.name);
    }
  }
  return days;
}
