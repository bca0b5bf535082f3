import type { WeeklyHours } from "./schema.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const DEFAULT_PAGE = {
  name: "Intro",
  durationMinutes: 30,
  bufferMinutes: 10,
  noticeMinutes: 4 * 60,
  horizonDays: 21,
  place: "The host sends the call link",
} as const;

export const OFFICE_HOURS: WeeklyHours = {
  mon: [["09:00", "17:00"]],
  tue: [["09:00", "17:00"]],
  wed: [["09:00", "17:00"]],
  thu: [["09:00", "17:00"]],
  fri: [["09:00", "17:00"]],
};

/** After the end: Today asks its host whether it happened; then it is also the manager's. */
export const OUTCOME_ASKED_AFTER_MS = 24 * 3_600_000;
export const OUTCOME_ESCALATED_AFTER_MS = 3 * 24 * 3_600_000;
/** Nobody is offered a time more than this many at once. */
export const MOST_SLOTS = 1_000;
