import { weekdayOf } from "./zone-days.ts";

/** Public holidays of one country as plain data: civil day → name. */
export type Holidays = ReadonlyMap<number, string>;
export const NO_HOLIDAYS: Holidays = new Map();

const SATURDAY_SUNDAY: readonly number[] = [6, 7];
/** Countries whose week does not end on Saturday and Sunday. */
const OTHER_WEEKENDS: Record<string, readonly number[]> = {
  AF: [4, 5],
  BD: [5, 6],
  BH: [5, 6],
  DZ: [5, 6],
  EG: [5, 6],
  IL: [5, 6],
  IQ: [5, 6],
  IR: [5],
  JO: [5, 6],
  KW: [5, 6],
  LY: [5, 6],
  MV: [5, 6],
  NP: [6],
  OM: [5, 6],
  PS: [5, 6],
  QA: [5, 6],
  SA: [5, 6],
  SD: [5, 6],
  SY: [5, 6],
  YE: [5, 6],
};

export function weekendOf(country: string | null): readonly number[] {
  return (country && OTHER_WEEKENDS[country]) || SATURDAY_SUNDAY;
}

export type WorkCalendar = { weekend: readonly number[]; holidays: Holidays };

export function isWorkingDay(day: number, calendar: WorkCalendar): boolean {
  return !calendar.weekend.includes(weekdayOf(day)) && !calendar.holidays.has(day);
}

/** The day that is `count` working days after `day`; with 0 the day itself. */
export function addWorkingDays(day: number, count: number, calendar: WorkCalendar): number {
  let at = day;
  for (let left = count; left > 0; ) {
    at += 1;
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return at;
}

/** Working days from the first (excluded) to the second (included). */
export function countWorkingDays(from: number, to: number, calendar: WorkCalendar): number {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (isWorkingDay(day, calendar)) count += 1;
  return count;
}
