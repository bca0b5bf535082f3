import { dayAt, isKnownZone, parseIsoDay } from "#server/campaigns/domain/zone-days.ts";
import type { SuppressionReason } from "#server/compliance/schema.ts";
import type { MessagePurpose } from "../schema.ts";

/** What ledger_claim_facts reads under row locks. Instants are ISO text. */
export type ClaimFacts = {
  now: string;
  purpose: MessagePurpose;
  dueAt: string;
  attempt: number;
  toAddress: string;
  stepId: string | null;
  lead: { email: string | null; emailStatus: string; isDeleted: boolean } | null;
  enrolment: { status: string; stepId: string | null; awayUntil: string | null; zone: string | null } | null;
  campaign: { status: string; isDeleted: boolean } | null;
  isSendingPaused: boolean;
  workspaceKind: string;
  mailbox: { kind: string; status: string; isPaused: boolean; isRemoved: boolean; lastReadAt: string | null; zone: string };
  draftStatus: string | null;
  suppressions: { kind: string; reason: SuppressionReason }[];
  hasReplied: boolean;
  hasEarlierMail: boolean;
};

/**
 * - send: nothing stands against it at this instant.
 * - wait: due later; the message stays reserved until then.
 * - stop: it is cancelled, for good.
 * - replan: it is cancelled, and the campaign looks for another instant.
 */
export type Verdict = { kind: "send" } | { kind: "wait"; until: Date } | { kind: "stop" | "replan"; code: string; reason: string };

/** A first attempt that is later than this after its instant would leave outside the hours that were planned. */
const MOST_LATE_MS = 30 * 60_000;
export const REPLIES_READ_WITHIN_MS = 15 * 60_000;

/** What the person asked for holds whoever writes and why; the rest holds for campaigns. */
const HOLDS_ALWAYS: readonly SuppressionReason[] = ["opted_out", "complained", "erased", "legal", "bounced"];

/**
 * The last word before a mail leaves, from facts that cannot change until it is committed. Every check that planning made is made again.
 * First match wins; what ends it for good stands before what only moves it.
 */
export function judgeClaim(facts: ClaimFacts): Verdict {
  const now = Date.parse(facts.now);
  const dueAt = new Date(facts.dueAt);
  return (
    personStops(facts) ??
    (facts.purpose === "campaign" ? campaignStops(facts) : null) ??
    mailboxHolds(facts) ??
    pauseHolds(facts) ??
    (dueAt.getTime() > now ? { kind: "wait", until: dueAt } : null) ??
    (facts.purpose === "campaign" ? timeMoves(facts, now) : null) ?? { kind: "send" }
  );
}

function personStops({ lead, purpose, suppressions, toAddress }: ClaimFacts): Verdict | null {
  const isToStranger = purpose === "campaign" || purpose === "reply" || purpose === "meeting";
  if (!isToStranger) return null;
  if (lead?.isDeleted) return stop("deleted", "The person was deleted.");
  const rule = suppressions.find(
    (one) => purpose === "campaign" || (HOLDS_ALWAYS.includes(one.reason) && (one.kind === "address" || one.kind === "hash")),
  );
  if (rule) return stop("do-not-contact", `Do not contact: ${WORDS[rule.reason]}.`);
  if (purpose !== "campaign") return null;
  if (!lead) return stop("no-person", "The person is no longer here.");
  if (lead.email !== toAddress) return { kind: "replan", code: "address-changed", reason: "The address changed meanwhile." };
  if (lead.emailStatus === "bounced") return stop("bounced", "A mail to this address bounced.");
  return null;
}

function campaignStops({ campaign, draftStatus, enrolment, hasReplied, stepId }: ClaimFacts): Verdict | null {
  if (hasReplied) return stop("replied", "The person answered.");
  if (!campaign || campaign.isDeleted) return stop("campaign-gone", "The campaign was deleted.");
  if (!enrolment || !["active", "paused"].includes(enrolment.status))
    return stop("left-campaign", "The person is no longer in this campaign.");
  if (campaign.status === "finished" || campaign.status === "stopped") return stop("campaign-ended", "The campaign ended.");
  if (campaign.status !== "running") return { kind: "replan", code: "campaign-paused", reason: "The campaign is paused." };
  if (enrolment.status === "paused") return { kind: "replan", code: "person-paused", reason: "The person is paused in this campaign." };
  if (enrolment.stepId !== stepId) return stop("step-passed", "The person is at another step.");
  if (draftStatus !== null && draftStatus !== "approved")
    return { kind: "replan", code: "draft-not-approved", reason: "The text is not approved." };
  return null;
}

function mailboxHolds({ hasEarlierMail, mailbox, now, purpose }: ClaimFacts): Verdict | null {
  if (purpose === "proof") return mailbox.isRemoved ? stop("mailbox-removed", "The mailbox was removed.") : null;
  const held = (code: string, reason: string): Verdict => ({ kind: purpose === "campaign" ? "replan" : "stop", code, reason });
  if (mailbox.isRemoved) return held("mailbox-removed", "The mailbox was removed.");
  if (mailbox.isPaused || mailbox.status === "paused") return held("mailbox-paused", "The mailbox is paused.");
  if (mailbox.status !== "ready" && mailbox.status !== "cannot_read") return held("mailbox-not-ready", "The mailbox cannot send.");
  if (purpose !== "campaign" || !hasEarlierMail || mailbox.kind === "sandbox") return null;
  const isRead = mailbox.lastReadAt !== null && Date.parse(now) - Date.parse(mailbox.lastReadAt) <= REPLIES_READ_WITHIN_MS;
  return isRead ? null : held("replies-unread", "Replies of this mailbox could not be read in the last 15 minutes.");
}

function pauseHolds({ isSendingPaused, purpose }: ClaimFacts): Verdict | null {
  if (!isSendingPaused) return null;
  if (purpose === "campaign") return { kind: "replan", code: "sending-paused", reason: "All sending is paused." };
  return purpose === "reply" ? stop("sending-paused", "All sending is paused. Send it again when sending resumes.") : null;
}

function timeMoves({ attempt, dueAt, enrolment, mailbox }: ClaimFacts, now: number): Verdict | null {
  // On their clock, as the planner counts: in Auckland the day after is half over before it begins in UTC.
  const zone = [enrolment?.zone, mailbox.zone].find((name) => name && isKnownZone(name)) ?? "UTC";
  if (enrolment?.awayUntil && dayAt(zone, now) <= parseIsoDay(enrolment.awayUntil))
    return { kind: "replan", code: "away", reason: "The person is away." };
  const isLate = attempt === 0 && now - Date.parse(dueAt) > MOST_LATE_MS;
  return isLate ? { kind: "replan", code: "missed", reason: "Its time passed while nothing could be sent." } : null;
}

const stop = (code: string, reason: string): Verdict => ({ kind: "stop", code, reason });

const WORDS: Record<SuppressionReason, string> = {
  opted_out: "opted out",
  bounced: "bounced",
  complained: "complained",
  customer: "is a customer",
  competitor: "is a competitor",
  open_deal: "open deal elsewhere",
  legal: "legal reasons",
  asked_to_wait: "asked to wait",
  own_domain: "our own address",
  erased: "was erased",
  other: "on the list",
};
