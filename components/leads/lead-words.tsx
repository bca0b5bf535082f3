"use client";
import { type ContactState, contactStateWords, type EmailStatus, emailStatusWords } from "#server/leads/constants.ts";
import { CLASS_TONE, CLASS_WORDS } from "#server/replies/constants.ts";
import type { ReplyClass } from "#server/replies/schema.ts";
import { State, type Tone } from "@/components/ui/state";
import { useClock } from "@/components/ui/time/clock";
import { formatShort, formatShortDay, formatTime, placeOf } from "@/components/ui/time/format";

const TONES: Record<ContactState, Tone> = {
  free: "neutral",
  in_campaign: "active",
  // by what they said, where that is known
  replied: "neutral",
  meeting: "good",
  in_deal: "good",
  customer: "good",
  do_not_contact: "bad",
  needs_address: "attention",
};

type Standing = { state: ContactState; replyClass: string | null; nextAt: Date | null; isNextBooked: boolean; timeZone: string | null };

/** One word about contactability; with it, the next mail's time or what they answered. */
export function LeadState({ state, replyClass, nextAt, isNextBooked, timeZone }: Standing) {
  const { now, zone } = useClock();
  const more =
    state === "in_campaign" && nextAt
      ? `, next ${(isNextBooked ? formatShort : formatShortDay)(nextAt, timeZone ?? zone, now)}`
      : state === "replied" && replyClass
        ? `: ${CLASS_WORDS[replyClass as ReplyClass]?.toLowerCase() ?? replyClass}`
        : "";
  return (
    <State tone={state === "replied" && replyClass ? (CLASS_TONE[replyClass as ReplyClass] ?? "neutral") : TONES[state]}>
      {contactStateWords[state]}
      {more}
    </State>
  );
}

const MARKS: Record<EmailStatus, { mark: string; className: string }> = {
  none: { mark: "–", className: "text-muted" },
  published: { mark: "✓", className: "text-good" },
  verified: { mark: "✓", className: "text-good" },
  assembled: { mark: "~", className: "text-attention" },
  risky: { mark: "~", className: "text-attention" },
  bounced: { mark: "✕", className: "text-bad" },
};

export function EmailStanding({ status, email }: { status: EmailStatus; email: string | null }) {
  if (!email) return <span className="text-muted">None yet</span>;
  const { mark, className } = MARKS[status];
  return (
    <span className="truncate">
      <span aria-hidden="true" className={className}>
        {mark}
      </span>{" "}
      {emailStatusWords[status]}
    </span>
  );
}

/** "IT 10:40": their country and what their clock shows now. */
export function LocalTime({ country, timeZone, withPlace }: { country: string | null; timeZone: string | null; withPlace?: boolean }) {
  const { now } = useClock();
  if (!country && !timeZone) return <span className="text-muted">–</span>;
  const time = timeZone ? formatTime(now, timeZone) : null;
  return (
    <span>
      {withPlace && timeZone ? placeOf(timeZone) : country} {time && <span className="text-muted tabular-nums">{time}</span>}
    </span>
  );
}
