import { describe, expect, it } from "vitest";
import { nextBest, type StandingFacts } from "./next-best.ts";

const at = new Date("2026-03-03T10:30:00Z");
const nothing: StandingFacts = {
  state: "free",
  grade: "A",
  nextAt: null,
  isNextBooked: false,
  answer: null,
  endedMeeting: null,
  comingMeeting: null,
  draft: null,
  task: null,
  deal: null,
  waitsUntil: null,
};
const everything: StandingFacts = {
  ...nothing,
  answer: { replyId: "r", class: "question" },
  endedMeeting: { id: "m", startsAt: at },
  comingMeeting: { id: "n", startsAt: at },
  draft: { campaignId: "c", approveBy: at },
  task: { title: "Call", dueAt: at },
  deal: { id: "d", nextStep: "Send the offer" },
  waitsUntil: "2026-05-04",
};

describe("nextBest", () => {
  it("puts who waits for us first, then what is open, in the order of Today", () => {
    const order = ["answer", "endedMeeting", "draft", "task", "comingMeeting", "deal", "waitsUntil"] as const;
    const kinds = order.map(
      (_, gone) => nextBest({ ...everything, ...Object.fromEntries(order.slice(0, gone).map((key) => [key, null])) }).kind,
    );
    expect(kinds).toEqual(["answer", "outcome", "draft", "task", "meeting", "deal", "later"]);
  });

  it.each([
    [{ state: "do_not_contact" }, "closed"],
    [{ state: "do_not_contact", draft: everything.draft }, "closed"],
    [{ state: "do_not_contact", answer: everything.answer }, "answer"],
    [{ state: "customer" }, "customer"],
    [{ state: "needs_address" }, "address"],
    [{ state: "in_campaign", nextAt: at, isNextBooked: true }, "wait"],
    [{ grade: "C" }, "campaign"],
    [{ grade: "D" }, "look"],
    [{ grade: null }, "look"],
    [{ state: "replied" }, "look"],
  ] as const)("%o → %s", (change, kind) => expect(nextBest({ ...nothing, ...change }).kind).toBe(kind));
});
