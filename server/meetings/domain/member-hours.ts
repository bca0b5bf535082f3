import * as z from "zod";
import { OFFICE_HOURS, weekdays } from "../constants.ts";
import type { WeeklyHours } from "../schema.ts";

const memberHours = z.object({ days: z.array(z.number().int().min(1).max(7)), from: z.string(), to: z.string() });

/** A member's working hours (days 1 to 7 from Monday, one span) as the booking page's weekly hours. */
export function weeklyHoursOf(hours: unknown): WeeklyHours {
  const parsed = memberHours.safeParse(hours);
  if (!parsed.success || parsed.data.from >= parsed.data.to) return OFFICE_HOURS;
  const { days, from, to } = parsed.data;
  return Object.fromEntries(weekdays.filter((_, index) => days.includes(index + 1)).map((day) => [day, [[from, to] as [string, string]]]));
}
