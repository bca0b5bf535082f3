// What pages need of this noun at once: without zod, so that no page carries it for a list of words.
import type { SplitCode } from "./schema.ts";

export const splitCodes = [
  "will_be_added",
  "no_address",
  "do_not_contact",
  "customer",
  "already_here",
  "elsewhere",
  "was_here",
  "open_deal",
  "owned_by_others",
  "contacted",
  "same_company",
] as const;

/** A rule that a person may set aside for these people; the others hold for everybody. */
export const overridableCodes: readonly SplitCode[] = ["was_here", "open_deal", "owned_by_others", "contacted", "same_company"];

export const peopleStates = ["waiting_approval", "waiting_hours", "away", "paused", "replied", "finished", "stopped", "uncertain"] as const;

/** People of a campaign who are changed in one request; more are changed in several. */
export const MOST_CHANGED = 10_000;
