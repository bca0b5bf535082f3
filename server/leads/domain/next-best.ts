import type { ContactState, Grade } from "../constants.ts";

// What is the best next thing to do about one person?
//
// Nouns: what stands open about them (an answer, a meeting, a draft, a task, a deal) and where they stand. Decision: the first that applies, in
// the order of Today: somebody who waits for us comes before what we may do, and what we must not do before everything. Pure.

export type StandingFacts = {
  state: ContactState;
  grade: Grade | null;
  nextAt: Date | null;
  isNextBooked: boolean;
  answer: { replyId: string; class: string } | null;
  endedMeeting: { id: string; startsAt: Date } | null;
  comingMeeting: { id: string; startsAt: Date } | null;
  draft: { campaignId: string; approveBy: Date | null } | null;
  task: { title: string; dueAt: Date } | null;
  deal: { id: string; nextStep: string | null } | null;
  /** they asked to be written to later */
  waitsUntil: string | null;
};

export type NextBest =
  | { kind: "closed" | "address" | "campaign" | "look" | "customer" }
  | { kind: "answer"; replyId: string; class: string }
  | { kind: "outcome" | "meeting"; meetingId: string; at: Date }
  | { kind: "draft"; campaignId: string; at: Date | null }
  | { kind: "task"; title: string; at: Date }
  | { kind: "deal"; dealId: string; step: string | null }
  | { kind: "later"; on: string }
  | { kind: "wait"; at: Date | null; isBooked: boolean };

export function nextBest(facts: StandingFacts): NextBest {
  const { answer, comingMeeting, deal, draft, endedMeeting, task } = facts;
  if (answer) return { kind: "answer", ...answer };
  if (endedMeeting) return { kind: "outcome", meetingId: endedMeeting.id, at: endedMeeting.startsAt };
  if (facts.state === "do_not_contact") return { kind: "closed" };
  if (draft) return { kind: "draft", campaignId: draft.campaignId, at: draft.approveBy };
  if (task) return { kind: "task", title: task.title, at: task.dueAt };
  if (comingMeeting) return { kind: "meeting", meetingId: comingMeeting.id, at: comingMeeting.startsAt };
  if (deal) return { kind: "deal", dealId: deal.id, step: deal.nextStep };
  if (facts.state === "customer") return { kind: "customer" };
  if (facts.state === "needs_address") return { kind: "address" };
  if (facts.state === "in_campaign") return { kind: "wait", at: facts.nextAt, isBooked: facts.isNextBooked };
  if (facts.waitsUntil) return { kind: "later", on: facts.waitsUntil };
  if (facts.state === "free" && (facts.grade === "A" || facts.grade === "B" || facts.grade === "C")) return { kind: "campaign" };
  return { kind: "look" };
}
