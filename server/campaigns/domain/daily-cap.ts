import { RAMP_START, RAMP_STEP } from "../constants.ts";

/** What a mailbox may send on a day: a new one starts small and rises each week, up to its own limit. */
export function mailboxCapOn(mailbox: { dailyCap: number; rampFrom: number | null }, day: number): number {
  if (mailbox.rampFrom === null) return mailbox.dailyCap;
  const weeks = Math.max(0, Math.floor((day - mailbox.rampFrom) / 7));
  return Math.min(mailbox.dailyCap, RAMP_START + RAMP_STEP * weeks);
}
