import { describe, expect, it } from "vitest";
import type { SuppressionReason } from "#server/compliance/schema.ts";
import { type ClaimFacts, judgeClaim } from "./judge-claim.ts";

const NOW = "2026-03-02T09:00:00.000Z";
const minutesAgo = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();

const ready: ClaimFacts = {
  now: NOW,
  purpose: "campaign",
  dueAt: NOW,
  attempt: 0,
  toAddress: "nadia@norvale.example",
  stepId: "s1",
  lead: { email: "nadia@norvale.example", emailStatus: "verified", isDeleted: false },
  enrolment: { status: "active", stepId: "s1", awayUntil: null, zone: null },
  campaign: { status: "running", isDeleted: false },
  isSendingPaused: false,
  workspaceKind: "live",
  mailbox: { kind: "smtp", status: "ready", isPaused: false, isRemoved: false, lastReadAt: minutesAgo(1), zone: "UTC" },
  draftStatus: "approved",
  suppressions: [],
  hasReplied: false,
  hasEarlierMail: false,
};
const judged = (change: Partial<ClaimFacts>) => judgeClaim({ ...ready, ...change });
const rule = (reason: SuppressionReason, kind = "address") => ({ suppressions: [{ kind, reason }] });
const lead = (change: Partial<NonNullable<ClaimFacts["lead"]>>) => ({
  lead: { ...ready.lead, email: "nadia@norvale.example", emailStatus: "verified", isDeleted: false, ...change },
});
const box = (change: Partial<ClaimFacts["mailbox"]>) => ({ mailbox: { ...ready.mailbox, ...change } });
const run = (change: Partial<NonNullable<ClaimFacts["enrolment"]>>) => ({
  enrolment: { status: "active", stepId: "s1", awayUntil: null, zone: null, ...change },
});

describe("judgeClaim", () => {
  it("sends when nothing stands against it", () => {
    expect(judged({})).toEqual({ kind: "send" });
  });

  it.each<[string, Partial<ClaimFacts>, string, string]>([
    ["do not contact", rule("customer", "company"), "stop", "do-not-contact"],
    ["deleted", lead({ isDeleted: true }), "stop", "deleted"],
    ["gone", { lead: null }, "stop", "no-person"],
    ["bounced", lead({ emailStatus: "bounced" }), "stop", "bounced"],
    ["another address", lead({ email: "n@norvale.example" }), "replan", "address-changed"],
    ["answered", { hasReplied: true }, "stop", "replied"],
    ["left the campaign", run({ status: "stopped" }), "stop", "left-campaign"],
    ["paused in it", run({ status: "paused" }), "replan", "person-paused"],
    ["at another step", run({ stepId: "s2" }), "stop", "step-passed"],
    ["campaign deleted", { campaign: { status: "running", isDeleted: true } }, "stop", "campaign-gone"],
    ["campaign ended", { campaign: { status: "finished", isDeleted: false } }, "stop", "campaign-ended"],
    ["campaign paused", { campaign: { status: "paused", isDeleted: false } }, "replan", "campaign-paused"],
    ["draft not approved", { draftStatus: "ready" }, "replan", "draft-not-approved"],
    ["mailbox removed", box({ isRemoved: true }), "replan", "mailbox-removed"],
    ["mailbox paused", box({ isPaused: true }), "replan", "mailbox-paused"],
    ["mailbox broken", box({ status: "cannot_send" }), "replan", "mailbox-not-ready"],
    ["all sending paused", { isSendingPaused: true }, "replan", "sending-paused"],
    ["away to that day", run({ awayUntil: "2026-03-02" }), "replan", "away"],
    ["too late", { dueAt: minutesAgo(31) }, "replan", "missed"],
  ])("%s", (_, change, kind, code) => {
    expect(judged(change)).toMatchObject({ kind, code });
  });

  it("keeps what is not due yet, and sends at the very instant", () => {
    const dueAt = "2026-03-02T09:00:00.001Z";
    expect(judged({ dueAt })).toEqual({ kind: "wait", until: new Date(dueAt) });
    expect(judged({ dueAt: minutesAgo(30) })).toEqual({ kind: "send" });
  });

  it.each([
    // Tuesday 10 March, 09:10 in Auckland, where they live: they are back, though in UTC it is still Monday.
    ["2026-03-09T20:10:00Z", "Pacific/Auckland", "UTC", "send"],
    ["2026-03-09T10:50:00Z", "Pacific/Auckland", "UTC", "replan"],
    // Monday 9 March, 17:30 in Los Angeles: still away, though in UTC it is Tuesday.
    ["2026-03-10T00:30:00Z", "America/Los_Angeles", "UTC", "replan"],
    ["2026-03-09T20:10:00Z", null, "Pacific/Auckland", "send"],
    ["2026-03-09T20:10:00Z", "No/Where", "Pacific/Auckland", "send"],
  ])("counts the last day away on their clock: %s, %s, %s", (now, zone, mailboxZone, kind) => {
    const change = { now, dueAt: now, ...run({ awayUntil: "2026-03-09", zone }), ...box({ zone: mailboxZone }) };
    expect(judged(change).kind).toBe(kind);
  });

  it("offers a mail again however late, since the hours were right when it was first tried", () => {
    expect(judged({ dueAt: minutesAgo(300), attempt: 1 })).toEqual({ kind: "send" });
  });

  it("sends first mails, and only those, from a mailbox whose replies are not read", () => {
    const unread = box({ status: "cannot_read", lastReadAt: minutesAgo(16) });
    expect(judged(unread)).toEqual({ kind: "send" });
    expect(judged({ ...unread, hasEarlierMail: true })).toMatchObject({ kind: "replan", code: "replies-unread" });
    expect(judged({ hasEarlierMail: true, ...box({ lastReadAt: minutesAgo(15) }) })).toEqual({ kind: "send" });
    expect(judged({ hasEarlierMail: true, ...box({ kind: "sandbox", lastReadAt: null }) })).toEqual({ kind: "send" });
  });

  it.each<[string, Partial<ClaimFacts>, string]>([
    ["an answer to a customer", rule("customer"), "send"],
    ["an answer to somebody at our domain", rule("own_domain", "domain"), "send"],
    ["an answer to somebody who opted out", rule("opted_out"), "stop"],
    ["an answer to a deleted person", lead({ isDeleted: true }), "stop"],
    ["an answer while all sending is paused", { isSendingPaused: true }, "stop"],
  ])("%s", (_, change, kind) => {
    expect(judged({ purpose: "reply", enrolment: null, campaign: null, draftStatus: null, ...change }).kind).toBe(kind);
  });

  it("lets a meeting's mail pass a pause, and a proof pass an unfinished mailbox", () => {
    expect(judged({ purpose: "meeting", isSendingPaused: true }).kind).toBe("send");
    expect(judged({ purpose: "proof", ...box({ status: "connecting" }) }).kind).toBe("send");
  });
});
