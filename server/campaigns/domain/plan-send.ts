// When does the next mail of one person leave?
//
// Nouns: recipient (zone and the fact that says so, country's weekend and holidays, away), window (days and hours of the campaign, on
// the recipient's clock), mailbox (its own clock and hours, instants already booked, gap), caps (mailbox and campaign, by day of the
// mailbox). Decision: the first instant that satisfies all of them, searched day by day and, within a day, interval by interval.
// Exact within the next two working days of the recipient; further out it is "not before", and `lookAgainAt` says when it
// becomes exact. Reasons are what was met on the way, in words. Everything arrives as an argument; the dice are seeded.

import type { HeldReason } from "#server/enrolments/schema.ts";
import type { SendWindow } from "../schema.ts";
import { seededBelow } from "./seeded.ts";
import { type Holidays, isWorkingDay } from "./working-days.ts";
import { cityOfZone, clockInWords, dayAt, dayInWords, instantOf, parseClock, weekdayOf } from "./zone-days.ts";

export type PlanRecipient = {
  zone: string;
  /** which fact says so, in words: "from the phone prefix" */
  zoneSays: string;
  place: string | null;
  weekend: readonly number[];
  holidays: Holidays;
  /** the last day away */
  awayUntil: number | null;
};
export type PlanMailbox = {
  label: string;
  zone: string;
  window: SendWindow;
  gapMinMs: number;
  gapMaxMs: number;
  /** booked instants, ascending */
  slots: readonly number[];
  /** the person behind it */
  away: { from: number; until: number; who: string } | null;
};
/** A limit per day of the mailbox. */
export type DayCap = { label: string; capOn: (day: number) => number; usedOn: (day: number) => number };

export type PlanInput = {
  now: number;
  /** The end of a wait, or of the time that a person has to read the draft. */
  notBefore: { at: number; text: string } | null;
  /** Stable over runs: address and step. */
  seed: string;
  recipient: PlanRecipient;
  window: SendWindow;
  skipHolidays: boolean;
  mailbox: PlanMailbox;
  caps: readonly DayCap[];
};

export type Plan =
  | { kind: "exact" | "not_before"; at: number; budgetDay: number; lookAgainAt: number; reasons: HeldReason[] }
  | { kind: "never"; reasons: HeldReason[] };

const SEARCH_DAYS = 400;
const EXACT_WORKING_DAYS = 2;
/** Mails do not all leave on the stroke of the hour. */
const OPENING_SPREAD_MS = 15 * 60_000;

export function planSend(input: PlanInput): Plan {
  const { recipient, now } = input;
  const reasons = createReasons();
  const earliest = Math.ceil(Math.max(now, input.notBefore?.at ?? now) / 1000) * 1000;
  const firstDay = dayAt(recipient.zone, earliest);
  noteStart(input, firstDay, reasons);
  for (let day = firstDay; day < firstDay + SEARCH_DAYS; day += 1) {
    const blocked = blockOfDay(day, input);
    if (blocked) {
      reasons.add(blocked.code, blocked.text, instantOf(recipient.zone, day + 1, 0));
      continue;
    }
    const opens = instantOf(recipient.zone, day, parseClock(input.window.from));
    const closes = instantOf(recipient.zone, day, parseClock(input.window.to));
    const found = searchDay({ opens, closes, earliest }, input, reasons);
    if (found) return finish(found, day, input, reasons);
  }
  return { kind: "never", reasons: reasons.list };
}

/** What holds at the beginning: a wait that has not ended, or the hour of the day there. */
function noteStart(input: PlanInput, firstDay: number, reasons: Reasons): void {
  const { recipient, now, notBefore, window } = input;
  const opens = instantOf(recipient.zone, firstDay, parseClock(window.from));
  const closes = instantOf(recipient.zone, firstDay, parseClock(window.to));
  const isLaterDay = firstDay > dayAt(recipient.zone, now);
  if (notBefore && notBefore.at > now && (isLaterDay || notBefore.at > opens)) reasons.add("wait", notBefore.text, notBefore.at);
  if (isLaterDay || blockOfDay(firstDay, input) || (now >= opens && now < closes)) return;
  const clock = `it is ${clockInWords(recipient.zone, now)} in ${placeOf(recipient)} (${recipient.zoneSays})`;
  reasons.add("hours", `outside working hours now: ${clock}`, opens > now ? opens : null);
}

type Found = { at: number; budgetDay: number };

/** The recipient's open hours of one day, cut by the mailbox's hours on each of the (one or two) mailbox days that they touch. */
function searchDay(hours: { opens: number; closes: number; earliest: number }, input: PlanInput, reasons: Reasons): Found | null {
  const { mailbox } = input;
  let met = false;
  for (let day = dayAt(mailbox.zone, hours.opens); day <= dayAt(mailbox.zone, hours.closes - 1); day += 1) {
    if (!mailbox.window.days.includes(weekdayOf(day))) continue;
    const opens = Math.max(hours.opens, instantOf(mailbox.zone, day, parseClock(mailbox.window.from)));
    const closes = Math.min(hours.closes, instantOf(mailbox.zone, day, parseClock(mailbox.window.to)));
    if (opens >= closes) continue;
    met = true;
    if (hours.earliest >= closes) continue;
    if (mailbox.away && day >= mailbox.away.from && day <= mailbox.away.until) {
      reasons.add("sender_away", `${mailbox.away.who} is away until ${dayInWords(mailbox.away.until)}`, null);
      continue;
    }
    const full = input.caps.find((cap) => cap.usedOn(day) >= cap.capOn(day));
    if (full) {
      reasons.add("cap", `${full.label} at its limit of ${full.capOn(day)} on ${dayInWords(day)}`, null);
      continue;
    }
    const spread = Math.min(OPENING_SPREAD_MS, Math.floor((closes - opens) / 2));
    const from = Math.max(hours.earliest, opens + seededBelow(`${input.seed}|${day}`, Math.floor(spread / 1000)) * 1000);
    const gapSpan = Math.floor((mailbox.gapMaxMs - mailbox.gapMinMs) / 1000) + 1;
    const gap = mailbox.gapMinMs + seededBelow(`${input.seed}|gap`, gapSpan) * 1000;
    const at = firstFree(mailbox.slots, from, closes, gap, mailbox.gapMinMs);
    if (at !== null) return { at, budgetDay: day };
    reasons.add(
      "gap",
      `${mailbox.label} has no free minute left on ${dayInWords(day)}: its mails are ${mailbox.gapMinMs / 60_000} to ${mailbox.gapMaxMs / 60_000} minutes apart`,
      null,
    );
  }
  if (!met)
    reasons.add(
      "mailbox_hours",
      `${mailbox.label} sends ${hoursInWords(mailbox)}, which is outside the hours of ${placeOf(input.recipient)}`,
      null,
    );
  return null;
}

/** The first instant in [from, before) that is `gap` after the booked one before it and `gapAfter` before the next. */
function firstFree(slots: readonly number[], from: number, before: number, gap: number, gapAfter: number): number | null {
  let index = lowerBound(slots, from - gap + 1);
  let at = from;
  while (at < before) {
    const next = slots[index];
    if (next === undefined || next - at >= gapAfter) return at;
    at = Math.max(at, next + gap);
    index += 1;
  }
  return null;
}

export function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function blockOfDay(day: number, input: PlanInput): { code: string; text: string } | null {
  const { recipient } = input;
  if (recipient.awayUntil !== null && day <= recipient.awayUntil)
    return { code: "away", text: `away until ${dayInWords(recipient.awayUntil)}` };
  if (!input.window.days.includes(weekdayOf(day))) return { code: "weekday", text: `not a sending day: ${dayInWords(day)}` };
  if (recipient.weekend.includes(weekdayOf(day)) && weekdayOf(day) < 6)
    return { code: "weekend", text: `weekend in ${placeOf(recipient)}: ${dayInWords(day)}` };
  const holiday = input.skipHolidays ? recipient.holidays.get(day) : undefined;
  return holiday === undefined ? null : { code: `holiday:${day}`, text: `public holiday: ${holiday} (${dayInWords(day)})` };
}

function finish(found: Found, day: number, input: PlanInput, reasons: Reasons): Plan {
  const { recipient, mailbox, now } = input;
  // The start of the second working day before: from then on the plan is exact and booked.
  const calendar = { weekend: recipient.weekend, holidays: input.skipHolidays ? recipient.holidays : new Map<number, string>() };
  let lookDay = day;
  for (let left = EXACT_WORKING_DAYS; left > 0; ) {
    lookDay -= 1;
    if (isWorkingDay(lookDay, calendar)) left -= 1;
  }
  const lookAgainAt = instantOf(recipient.zone, lookDay, 0);
  if (found.budgetDay === dayAt(mailbox.zone, now)) {
    const cap = input.caps[0];
    if (cap) reasons.add("left", `${cap.label} has ${cap.capOn(found.budgetDay) - cap.usedOn(found.budgetDay)} left today`, null);
  }
  return { kind: lookAgainAt <= now ? "exact" : "not_before", ...found, lookAgainAt, reasons: reasons.list };
}

function placeOf(recipient: PlanRecipient): string {
  return recipient.place ?? cityOfZone(recipient.zone);
}

function hoursInWords(mailbox: PlanMailbox): string {
  return `${mailbox.window.from}–${mailbox.window.to} in ${cityOfZone(mailbox.zone)}`;
}

type Reasons = { list: HeldReason[]; add: (code: string, text: string, until: number | null) => void };

/** One reason per code, in the order in which they were met; more than six help nobody. */
function createReasons(): Reasons {
  const list: HeldReason[] = [];
  return {
    list,
    add: (code, text, until) => {
      if (list.length < 6 && !list.some((reason) => reason.code === code)) list.push({ code, text, until });
    },
  };
}
