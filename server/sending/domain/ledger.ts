import type { MessageStatus } from "../schema.ts";

/**
 * The send ledger. A message is one mail to one person for one purpose; its dedupe key names the cause, so that a cause is one mail.
 *
 * States and ways are drawn in docs/sending.md and enforced by the trigger `messages_ledger`; `transitions` is the same table for
 * screens and tests. Decisions: may it leave now (judge-claim.ts), what did the other side prove (`outcomeOf`), when is it tried again
 * (`nextAttemptAt`). Data flow: reserveMessage → due → claim (facts under locks → judgeClaim → `sending`, committed) → MailTransport.send →
 * outcome, committed → what follows (next step, timeline, state).
 */
export const transitions: Record<MessageStatus, readonly MessageStatus[]> = {
  reserved: ["sending", "cancelled"],
  sending: ["sent", "deferred", "failed", "uncertain"],
  deferred: ["reserved"],
  uncertain: ["sent", "failed", "deferred"],
  sent: [],
  failed: [],
  cancelled: [],
};

const MINUTE_MS = 60_000;
const GIVES_UP_AFTER_MS = 72 * 60 * MINUTE_MS;
const WAITS_MINUTES = [5, 15, 30, 60, 120, 240];

/** When a mail that was not accepted is offered again: slower and slower, for 72 hours after it was first reserved. Null: given up. */
export function nextAttemptAt(input: { attempt: number; reservedAt: Date; now: Date }): Date | null {
  const wait = WAITS_MINUTES[Math.min(Math.max(input.attempt, 1), WAITS_MINUTES.length) - 1] ?? 240;
  const at = input.now.getTime() + wait * MINUTE_MS;
  return at - input.reservedAt.getTime() > GIVES_UP_AFTER_MS ? null : new Date(at);
}

export type Settled = { status: "sent" | "deferred" | "failed" | "uncertain"; reason: string | null };

/** What becomes of a `sending` message, from what the transport proved. */
export function outcomeOf(
  outcome: { kind: "accepted" | "refused" | "not_accepted" | "unknown"; response: string },
  canTryAgain: boolean,
): Settled {
  if (outcome.kind === "accepted") return { status: "sent", reason: null };
  if (outcome.kind === "refused") return { status: "failed", reason: outcome.response };
  if (outcome.kind === "unknown") return { status: "uncertain", reason: "The mail server went silent after we handed it over." };
  return canTryAgain
    ? { status: "deferred", reason: outcome.response }
    : { status: "failed", reason: `Not accepted for 72 hours: ${outcome.response}` };
}
