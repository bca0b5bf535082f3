import type { ReplyClass, ReplyView } from "./schema.ts";

export const replyClasses = [
  "interested",
  "question",
  "objection",
  "not_now",
  "not_interested",
  "referral",
  "wrong_person",
  "left",
  "away",
  "remove_me",
  "bounce",
  "automatic",
  "other",
  "unsure",
] as const;

export const replyViews = ["needs_me", "mine", "unsure", "done", "all"] as const;

/** The words of the screens, and the order of the keys 1 to 9. */
export const CLASS_WORDS: Record<ReplyClass, string> = {
  interested: "Interested",
  question: "Question",
  objection: "Objection",
  not_now: "Not now",
  not_interested: "Not interested",
  referral: "Knows someone else",
  wrong_person: "Wrong person",
  left: "Left the company",
  away: "Away",
  remove_me: "Remove me",
  bounce: "Bounced",
  automatic: "Automatic",
  other: "Other",
  unsure: "Unsure",
};

export const CLASS_TONE: Record<ReplyClass, "good" | "attention" | "bad" | "neutral"> = {
  interested: "good",
  question: "attention",
  objection: "attention",
  not_now: "neutral",
  not_interested: "neutral",
  referral: "attention",
  wrong_person: "attention",
  left: "neutral",
  away: "neutral",
  remove_me: "bad",
  bounce: "bad",
  automatic: "neutral",
  other: "attention",
  unsure: "attention",
};

export const CLASS_KEYS: readonly ReplyClass[] = [
  "interested",
  "question",
  "objection",
  "not_now",
  "not_interested",
  "referral",
  "wrong_person",
  "left",
  "remove_me",
];

export const VIEW_WORDS: Record<ReplyView, string> = { needs_me: "Needs me", mine: "Mine", unsure: "Unsure", done: "Done", all: "All" };

/** How long an answer waits for "Undo" before it leaves. */
export const UNDO_SEND_MS = 10_000;
export const CLASSIFIER_VERSION = "rules-1";
/** Kinds of the due table: a stored mail that waits to be read, a reply that waits for a suggested answer. */
export const INBOUND_DUE = "inbound";
export const ANSWER_DUE = "answer";
export const MOST_MAIL_BYTES = 30_000_000;
/** Nobody named a date: the person is asked again after this long. */
export const AWAY_WITHOUT_DATE_DAYS = 7;
export const LATER_WITHOUT_DATE_DAYS = 90;
/** Why an answer was stopped, when the person who sent it did: the thread does not show it again. */
export const TAKEN_BACK = "Taken back before it left";
