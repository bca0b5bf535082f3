import { describe, expect, it } from "vitest";
import { replyClasses } from "../constants.ts";
import { type ActionContext, actionsFor, whyNoAnswer } from "./actions-for.ts";
import { changeOfClass } from "./change-of-class.ts";

const context: ActionContext = { hasLead: true, hasReferral: false, hasUntil: false, author: "same", mayAnswer: true, isAddressBad: false };

describe("actionsFor", () => {
  it("has a plan for every class, and stops every campaign that a person answered", () => {
    for (const name of replyClasses) {
      const { kinds } = actionsFor(name, context);
      const isAnswer = !["away", "bounce", "automatic", "remove_me"].includes(name);
      expect(kinds.includes("stop_campaign"), name).toBe(isAnswer);
    }
  });

  it("suggests an answer only where one is wanted and may follow", () => {
    const suggests = replyClasses.filter((name) => actionsFor(name, context).kinds.includes("suggest_answer"));
    expect(suggests).toEqual(["interested", "question", "objection"]);
    for (const name of replyClasses) expect(actionsFor(name, { ...context, mayAnswer: false }).kinds).not.toContain("suggest_answer");
  });

  it("leaves the follow-up of somebody away in place", () => {
    expect(actionsFor("away", context)).toEqual({ kinds: ["pause_until"], status: "none" });
  });

  it("treats only a hard bounce as a bad address", () => {
    expect(actionsFor("bounce", context).kinds).toEqual([]);
    expect(actionsFor("bounce", { ...context, isAddressBad: true }).kinds).toContain("address_bounced");
  });

  it("does nothing to people where nobody is known", () => {
    for (const name of replyClasses)
      expect(actionsFor(name, { ...context, hasLead: false }).kinds.filter((kind) => kind !== "do_not_contact")).toEqual([]);
  });
});

describe("whyNoAnswer", () => {
  const person = { automatic: null, isList: false, isBulk: false, hasNullSender: false, isNoReply: false, isOwn: false };
  it.each([
    { automatic: "auto-submitted" },
    { isList: true },
    { isBulk: true },
    { hasNullSender: true },
    { isNoReply: true },
    { isOwn: true },
  ])("is silent to %o", (sign) => {
    expect(whyNoAnswer({ ...person, ...sign })).not.toBeNull();
  });
  it("answers a person", () => expect(whyNoAnswer(person)).toBeNull());
});

describe("changeOfClass", () => {
  const done = (kind: "stop_campaign" | "propose_person", undoneAt: string | null = null) => ({
    kind,
    ref: null,
    label: kind,
    undo: true,
    undoneAt,
    ids: {},
  });
  it("takes back what no longer fits and does what is missing", () => {
    expect(changeOfClass([done("stop_campaign"), done("propose_person")], ["stop_campaign", "suggest_answer"])).toEqual({
      undo: [1],
      apply: ["suggest_answer"],
    });
  });
  it("does again what was taken back", () => {
    expect(changeOfClass([done("stop_campaign", "2026-03-02")], ["stop_campaign"])).toEqual({ undo: [], apply: ["stop_campaign"] });
  });
});
