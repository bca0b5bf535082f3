import { mailboxCapOn } from "#server/campaigns/domain/daily-cap.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_DAYS = 7;

export type Pace = {
  cap: number;
  /** null at full pace; else which week, and what comes next */
  buildingUp: { week: number; next: number; nextOn: string } | null;
};

/** How many campaign mails a mailbox may send on a civil day ("2026-03-02") in its zone, as the planner counts it, and what comes next. */
export function paceOn(day: string, mailbox: { dailyCap: number; rampFrom: string | null }): Pace {
  const [today, from] = [dayNumber(day), mailbox.rampFrom === null ? null : dayNumber(mailbox.rampFrom)];
  const capOn = (number: number) => mailboxCapOn({ dailyCap: mailbox.dailyCap, rampFrom: from }, number);
  const cap = capOn(today);
  if (from === null || cap >= mailbox.dailyCap) return { cap, buildingUp: null };
  const week = Math.max(0, Math.floor((today - from) / WEEK_DAYS));
  const next = from + (week + 1) * WEEK_DAYS;
  return { cap, buildingUp: { week: week + 1, next: capOn(next), nextOn: new Date(next * DAY_MS).toISOString().slice(0, 10) } };
}

/** "week 2: 15 → 20 Wed" */
export function paceInWords({ buildingUp, cap }: Pace): string {
  if (!buildingUp) return "at full pace";
  const weekday = new Date(`${buildingUp.nextOn}T00:00:00Z`).toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" });
  return `week ${buildingUp.week}: ${cap} → ${buildingUp.next} ${weekday}`;
}

/** The Monday from which building up is counted, so that it rises on Mondays: this week's up to Wednesday, else the coming one. */
export function rampStart(day: string): string {
  const number = dayNumber(day);
  // 1 January 1970 was a Thursday.
  const sinceMonday = (number + 3) % WEEK_DAYS;
  const monday = number - sinceMonday + (sinceMonday <= 2 ? 0 : WEEK_DAYS);
  return new Date(monday * DAY_MS).toISOString().slice(0, 10);
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}
