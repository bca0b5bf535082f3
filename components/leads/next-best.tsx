"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { CLASS_WORDS } from "#server/replies/constants.ts";
import type { ReplyClass } from "#server/replies/schema.ts";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useClock } from "@/components/ui/time/clock";
import { formatCivil, formatDay, formatInstant } from "@/components/ui/time/format";
import { WhyButton, WhyPanel } from "@/components/ui/why";

export type NextBest = RouterOutputs["leads"]["nextBest"];

/** "Next best: answer their question (why)". One line under the title: the first thing to do about this person. */
export function NextBestLine({ leadId, zone: theirZone }: { leadId: string; zone: string | null }) {
  const trpc = useTRPC();
  const { now, zone } = useClock();
  const query = useQuery(trpc.leads.nextBest.queryOptions({ id: leadId }));
  if (!query.data) return <p className="mb-3 h-6" aria-hidden="true" />;
  const said = sayNextBest(
    query.data,
    (at) => formatInstant(at, zone, now),
    (at) => formatDay(at, theirZone ?? zone, now),
    (on) => formatCivil(on, now),
  );
  return (
    <p className="mb-3 flex min-h-6 flex-wrap items-center gap-x-2 text-sm">
      <span className="text-muted">Next best:</span>
      {said.href ? (
        <Link href={said.href} className="font-medium text-accent hover:underline">
          {said.text}
        </Link>
      ) : (
        <span className="font-medium">{said.text}</span>
      )}
      <WhyButton>
        <WhyPanel sentence={said.why} />
      </WhyButton>
    </p>
  );
}

type Said = { text: ReactNode; href: string | null; why: string };

export function sayNextBest(next: NextBest, instant: (at: Date) => string, day: (at: Date) => string, civil: (on: string) => string): Said {
  switch (next.kind) {
    case "answer":
      return {
        text: `answer them (${CLASS_WORDS[next.class as ReplyClass]?.toLowerCase() ?? "a reply"})`,
        href: `/inbox?open=${next.replyId}`,
        why: "They wrote and wait for you. That comes before everything that you could begin.",
      };
    case "outcome":
      return {
        text: `say whether the meeting of ${instant(next.at)} took place`,
        href: "/meetings/needs-outcome",
        why: "The meeting is over, and what follows from it waits for your word.",
      };
    case "closed":
      return {
        text: "nothing: they may not be contacted",
        href: null,
        why: "An entry under Do not contact stands, and holds for everybody.",
      };
    case "draft":
      return {
        text: next.at ? `approve the draft by ${instant(next.at)}` : "read the draft that waits for you",
        href: `/campaigns/drafts?campaign=${next.campaignId}`,
        why: "Their next mail is written. Not approved in time it moves to the next working day.",
      };
    case "task":
      return { text: <bdi>{next.title}</bdi>, href: "/today", why: `A task about them is open, due ${instant(next.at)}.` };
    case "meeting":
      return {
        text: `get ready for ${instant(next.at)}`,
        href: "/meetings",
        why: "A meeting is booked. Nothing else is sent to them until then.",
      };
    case "deal":
      return {
        text: next.step ? <bdi>{next.step}</bdi> : "say the next step of the deal",
        href: `/deals/${next.dealId}`,
        why: next.step ? "It is the next step of their open deal." : "Their deal is open and nobody has said what comes next.",
      };
    case "customer":
      return { text: "nothing here: they are a customer", href: null, why: "They bought. Campaigns leave customers alone." };
    case "address":
      return { text: "find an address that works", href: "?tab=facts", why: "Without an address that works, no mail reaches them." };
    case "wait":
      return {
        text: next.at
          ? `wait: the next mail leaves ${next.isBooked ? instant(next.at) : `no sooner than ${day(next.at)}`}`
          : "wait: their campaign rests",
        href: "?tab=campaigns",
        why: "They are in a campaign and nothing of it waits for you.",
      };
    case "later":
      return { text: `write again on ${civil(next.on)}`, href: null, why: "They asked to be written to later." };
    case "campaign":
      return { text: "add them to a campaign", href: null, why: "They fit, nobody is talking to them, and nothing speaks against it." };
    default:
      return {
        text: "nothing waits",
        href: null,
        why: "Nothing about them is open, and they do not fit well enough to begin by yourself.",
      };
  }
}
