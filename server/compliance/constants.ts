// What pages need of this noun at once: without zod, so that no page carries it for a list of words.
import type { SuppressionReason } from "./schema.ts";

/** A rule with an end is looked at when it has come. */
export const SUPPRESSION_DUE = "suppression";

export const suppressionReasons = [
  "opted_out",
  "bounced",
  "complained",
  "customer",
  "competitor",
  "open_deal",
  "legal",
  "asked_to_wait",
  "own_domain",
  "erased",
  "other",
] as const;

export const suppressionReasonLabels: Record<SuppressionReason, string> = {
  opted_out: "Opted out",
  bounced: "Bounced",
  complained: "Complained",
  customer: "Customer",
  competitor: "Competitor",
  open_deal: "Open deal elsewhere",
  legal: "Legal",
  asked_to_wait: "Asked to wait",
  own_domain: "Our own",
  erased: "Erased",
  other: "Other",
};

/** What a person may choose by hand; the rest is caused by mails, mailboxes and erasure. */
export const choosableReasons = ["opted_out", "customer", "competitor", "open_deal", "legal", "asked_to_wait", "other"] as const;
