// The state machine of one person in one campaign. Inputs are facts read under a lock; the answer is the one next move.
//
//   plan ─▶ (not before) ─▶ plan again when it becomes exact ─▶ booked ─▶ write ─▶ wait ─▶ reserve ─▶ (sending) ─▶ advance ─▶ plan …
//                                                                 └─ unapproved, missed, mailbox: postpone (the send moves, never skips)

import type { EnrolmentStatus } from "#server/enrolments/schema.ts";
import { reserveAheadOf, SLOT_GRACE_MS } from "../constants.ts";
import type { DraftState } from "./approval.ts";

export type MoveFacts = {
  now: number;
  status: EnrolmentStatus;
  campaignStatus: string;
  isSendingPaused: boolean;
  isSandbox: boolean;
  hasStep: boolean;
  /** why this person can never be mailed again, in words: erased address, do not contact */
  ended: { status: "stopped" | "given_up"; reason: string } | null;
  plan: { at: number; kind: "exact" | "not_before" } | null;
  draft: { state: DraftState; mayLeave: boolean } | null;
  /** the ledger's latest row for this step */
  message: { id: string; state: string; sentAt: number | null; reason: string | null } | null;
  /** why the mailbox cannot send this mail now, in words */
  mailboxProblem: string | null;
};

export type Move =
  | { move: "nothing" }
  | { move: "end"; status: "stopped" | "given_up" | "finished"; reason: string }
  | { move: "plan" }
  | { move: "write" }
  | { move: "wait"; until: number }
  | { move: "reserve" }
  | { move: "postpone"; cause: "unapproved" | "missed" | "mailbox"; reason: string }
  | { move: "advance"; messageId: string; sentAt: number };

/** How long the ledger is left alone before it is asked again: it wakes us itself when a message is sent. */
const LEDGER_MS = 6 * 3_600_000;

export function decideMove(facts: MoveFacts): Move {
  if (facts.status !== "active" || facts.campaignStatus !== "running" || facts.isSendingPaused) return { move: "nothing" };
  const fromLedger = moveOfLedger(facts);
  if (fromLedger) return fromLedger;
  if (facts.ended) return { move: "end", ...facts.ended };
  if (!facts.hasStep) return { move: "end", status: "finished", reason: "Every mail was sent" };
  if (!facts.plan || facts.plan.kind === "not_before") return { move: "plan" };

  const { plan, draft, now } = facts;
  if (now > plan.at + SLOT_GRACE_MS)
    return { move: "postpone", cause: "missed", reason: "The time passed while Leadwright was not running" };
  if (!draft) return { move: "write" };
  const reserveAt = plan.at - reserveAheadOf(facts);
  if (now < reserveAt) return { move: "wait", until: reserveAt };
  if (!draft.mayLeave) return { move: "postpone", cause: "unapproved", reason: "The draft was not approved in time" };
  if (facts.mailboxProblem) return { move: "postpone", cause: "mailbox", reason: facts.mailboxProblem };
  return { move: "reserve" };
}

function moveOfLedger({ message, now }: MoveFacts): Move | null {
  if (!message) return null;
  switch (message.state) {
    case "sent":
      return { move: "advance", messageId: message.id, sentAt: message.sentAt ?? now };
    case "failed":
      return { move: "end", status: "given_up", reason: message.reason ?? "The mail could not be delivered" };
    case "cancelled":
      return null;
    default:
      // Reserved, sending, deferred or uncertain: whoever settles it wakes us.
      return { move: "wait", until: now + LEDGER_MS };
  }
}
