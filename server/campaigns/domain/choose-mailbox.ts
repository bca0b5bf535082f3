import { READ_FRESH_MS } from "../constants.ts";
import type { CampaignSender, SendWindow } from "../schema.ts";
import type { PlanMailbox } from "./plan-send.ts";

export type SendingMailbox = PlanMailbox & {
  id: string;
  ownerId: string;
  ownerName: string;
  kind: string;
  status: string;
  lastReadAt: number | null;
  stopReason: string | null;
  sendError: string | null;
  dailyCap: number;
  /** null: at full pace */
  rampFrom: number | null;
  window: SendWindow;
};

export type MailboxHealth = Pick<SendingMailbox, "label" | "kind" | "status" | "lastReadAt" | "stopReason" | "sendError">;

/** Why this mailbox cannot send this mail, in words; null when it can. */
export function mailboxProblem(mailbox: MailboxHealth, mail: { isFollowUp: boolean; now: number }): string | null {
  const { label } = mailbox;
  if (mailbox.status === "connecting") return `${label} is not connected yet`;
  if (mailbox.status === "cannot_send") return `${label} cannot send${mailbox.sendError ? `: ${mailbox.sendError}` : ""}`;
  if (mailbox.status === "paused") return `${label} is paused`;
  if (mailbox.status === "stopped") return `${label} stopped itself${mailbox.stopReason ? `: ${mailbox.stopReason}` : ""}`;
  if (!mail.isFollowUp || mailbox.kind === "sandbox") return null;
  if (mailbox.status === "cannot_read") return `replies to ${label} cannot be read, so it sends first mails only`;
  const isFresh = mailbox.lastReadAt !== null && mail.now - mailbox.lastReadAt <= READ_FRESH_MS;
  return isFresh ? null : `replies to ${label} were not read in the last 15 minutes, so it sends first mails only`;
}

export type MailboxChoice = { candidates: SendingMailbox[]; problem: string | null; isMissing: boolean };

/** The mailboxes that may send this mail. A follow-up leaves from where the first mail left. */
export function chooseMailboxes(
  all: readonly SendingMailbox[],
  rule: CampaignSender,
  person: { ownerId: string; pinnedMailboxId: string | null; now: number },
): MailboxChoice {
  const isFollowUp = person.pinnedMailboxId !== null;
  const allowed = all.filter((mailbox) => {
    if (isFollowUp) return mailbox.id === person.pinnedMailboxId;
    if (rule.mode === "owner") return mailbox.ownerId === person.ownerId;
    return rule.mode === "pool" || rule.mailboxIds.includes(mailbox.id);
  });
  if (allowed.length === 0) return { candidates: [], problem: missing(rule, isFollowUp), isMissing: true };
  const candidates = allowed.filter((mailbox) => mailboxProblem(mailbox, { isFollowUp, now: person.now }) === null);
  const first = allowed[0];
  if (candidates.length === 0 && first)
    return { candidates, problem: mailboxProblem(first, { isFollowUp, now: person.now }), isMissing: false };
  return { candidates, problem: null, isMissing: false };
}

function missing(rule: CampaignSender, isFollowUp: boolean): string {
  if (isFollowUp) return "The mailbox that wrote the first mail was removed";
  if (rule.mode === "owner") return "The owner of this lead has no mailbox";
  return rule.mode === "pool" ? "No mailbox is connected" : "None of the chosen mailboxes is connected any more";
}
