import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enrolmentStatuses } from "#server/enrolments/schema.ts";
import { mayLeave } from "./approval.ts";
import { decideMove, type MoveFacts } from "./decide-move.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const MINUTE = 60_000;
const ready: MoveFacts = {
  now: NOW,
  status: "active",
  campaignStatus: "running",
  isSendingPaused: false,
  isSandbox: false,
  hasStep: true,
  ended: null,
  plan: { at: NOW + 30_000, kind: "exact" },
  draft: { state: "approved", mayLeave: true },
  message: null,
  mailboxProblem: null,
};

describe("decideMove", () => {
  it("reserves at most a minute before", () => {
    expect(decideMove(ready)).toEqual({ move: "reserve" });
    expect(decideMove({ ...ready, plan: { at: NOW + 61_000, kind: "exact" } })).toEqual({ move: "wait", until: NOW + 1_000 });
  });

  it.each([[{ status: "paused" as const }], [{ status: "replied" as const }], [{ campaignStatus: "paused" }], [{ isSendingPaused: true }]])(
    "does nothing while %o",
    (change) => {
      expect(decideMove({ ...ready, ...change })).toEqual({ move: "nothing" });
    },
  );

  it("moves a mail that nobody approved in time, and never skips it", () => {
    expect(decideMove({ ...ready, draft: { state: "needs_look", mayLeave: false } })).toMatchObject({
      move: "postpone",
      cause: "unapproved",
    });
    expect(decideMove({ ...ready, draft: null })).toEqual({ move: "write" });
    expect(decideMove({ ...ready, now: NOW + 11 * MINUTE })).toMatchObject({ move: "postpone", cause: "missed" });
  });

  it("leaves a mail alone that the ledger already has", () => {
    expect(decideMove({ ...ready, message: { id: "m", state: "uncertain", sentAt: null, reason: null } }).move).toBe("wait");
    expect(decideMove({ ...ready, message: { id: "m", state: "sent", sentAt: NOW, reason: null } })).toEqual({
      move: "advance",
      messageId: "m",
      sentAt: NOW,
    });
    expect(decideMove({ ...ready, message: { id: "m", state: "cancelled", sentAt: null, reason: null } }).move).toBe("reserve");
  });

  it("reserves only what is running, approved, due, unsent and sendable", () => {
    const facts = fc.record({
      now: fc.integer({ min: NOW - 20 * MINUTE, max: NOW + 20 * MINUTE }),
      status: fc.constantFrom(...enrolmentStatuses),
      campaignStatus: fc.constantFrom("draft", "running", "paused", "stopped", "finished"),
      isSendingPaused: fc.boolean(),
      isSandbox: fc.boolean(),
      hasStep: fc.boolean(),
      ended: fc.constantFrom(null, { status: "stopped" as const, reason: "Do not contact" }),
      plan: fc.constantFrom(null, { at: NOW, kind: "exact" as const }, { at: NOW, kind: "not_before" as const }),
      draft: fc.constantFrom(null, { state: "ready" as const, mayLeave: false }, { state: "approved" as const, mayLeave: true }),
      message: fc.constantFrom(
        null,
        ...["reserved", "sending", "sent", "deferred", "failed", "uncertain", "cancelled"].map((state) => ({
          id: "m",
          state,
          sentAt: NOW,
          reason: null,
        })),
      ),
      mailboxProblem: fc.constantFrom(null, "cannot send"),
    });
    fc.assert(
      fc.property(facts, (given) => {
        if (decideMove(given).move !== "reserve") return;
        expect(given).toMatchObject({
          status: "active",
          campaignStatus: "running",
          isSendingPaused: false,
          hasStep: true,
          ended: null,
          mailboxProblem: null,
          draft: { mayLeave: true },
          plan: { kind: "exact" },
        });
        expect(given.message === null || given.message.state === "cancelled").toBe(true);
        expect(Math.abs(given.now - NOW)).toBeLessThanOrEqual(10 * MINUTE);
        expect(given.now).toBeGreaterThanOrEqual(NOW - MINUTE);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("mayLeave", () => {
  const first = { mode: "review_first" as const, first: 20 };

  it.each([
    ["approved", { mode: "review_each" as const, first: 20 }, 0, true],
    ["ready", { mode: "review_each" as const, first: 20 }, 99, false],
    ["ready", first, 19, false],
    ["ready", first, 20, true],
    ["needs_look", { mode: "send_passing" as const, first: 20 }, 99, false],
    ["ready", { mode: "send_passing" as const, first: 20 }, 0, true],
  ] as const)("a draft that is %s with %o after %i approvals: %s", (state, drafts, approved, expected) => {
    expect(mayLeave(state, drafts, approved)).toBe(expected);
  });
});
