import { describe, expect, it } from "vitest";
import { campaignRules } from "../schema.ts";
import { chooseMailboxes, mailboxProblem, type SendingMailbox } from "./choose-mailbox.ts";
import { type PersonToPlan, type PlanBoard, planPerson } from "./plan-people.ts";
import { NO_HOLIDAYS } from "./working-days.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const mailbox = (label: string, change: Partial<SendingMailbox> = {}): SendingMailbox => ({
  id: label,
  label,
  ownerId: "ana",
  ownerName: "Ana Prado",
  kind: "smtp",
  status: "ready",
  zone: "Europe/Lisbon",
  window: { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" },
  gapMinMs: 240_000,
  gapMaxMs: 540_000,
  slots: [],
  away: null,
  lastReadAt: NOW - 60_000,
  stopReason: null,
  sendError: null,
  dailyCap: 40,
  rampFrom: null,
  ...change,
});

describe("mailboxProblem", () => {
  it("lets a mailbox that does not read send first mails only", () => {
    const stale = mailbox("ana@acme.example", { lastReadAt: NOW - 16 * 60_000 });

    expect(mailboxProblem(stale, { isFollowUp: false, now: NOW })).toBeNull();
    expect(mailboxProblem(stale, { isFollowUp: true, now: NOW })).toBe(
      "replies to ana@acme.example were not read in the last 15 minutes, so it sends first mails only",
    );
    expect(mailboxProblem({ ...stale, kind: "sandbox" }, { isFollowUp: true, now: NOW })).toBeNull();
  });

  it.each([
    [{ status: "paused" }, "a@acme.example is paused"],
    [{ status: "stopped", stopReason: "bounces 5.2 %" }, "a@acme.example stopped itself: bounces 5.2 %"],
    [{ status: "cannot_send", sendError: "The password was refused" }, "a@acme.example cannot send: The password was refused"],
  ])("says why %o cannot send", (change, sentence) => {
    expect(mailboxProblem(mailbox("a@acme.example", change), { isFollowUp: false, now: NOW })).toBe(sentence);
  });
});

describe("chooseMailboxes", () => {
  const all = [
    mailbox("ana@acme.example"),
    mailbox("leo@acme.example", { ownerId: "leo" }),
    mailbox("eva@acme.example", { ownerId: "eva", status: "paused" }),
  ];
  const choose = (rule: Parameters<typeof chooseMailboxes>[1], ownerId: string, pinnedMailboxId: string | null = null) => {
    const { candidates, problem } = chooseMailboxes(all, rule, { ownerId, pinnedMailboxId, now: NOW });
    return problem ?? candidates.map((candidate) => candidate.id).join();
  };

  it("follows the rule, and the first mail's mailbox before any rule", () => {
    expect(choose({ mode: "owner" }, "leo")).toBe("leo@acme.example");
    expect(choose({ mode: "pool" }, "leo")).toBe("ana@acme.example,leo@acme.example");
    expect(choose({ mode: "mailboxes", mailboxIds: ["leo@acme.example"] }, "ana")).toBe("leo@acme.example");
    expect(choose({ mode: "owner" }, "leo", "ana@acme.example")).toBe("ana@acme.example");
  });

  it("says what is missing", () => {
    expect(choose({ mode: "owner" }, "nobody")).toBe("The owner of this lead has no mailbox");
    expect(choose({ mode: "owner" }, "eva")).toBe("eva@acme.example is paused");
    expect(choose({ mode: "owner" }, "leo", "gone")).toBe("The mailbox that wrote the first mail was removed");
  });
});

describe("planPerson", () => {
  const person = (seed: string, rules = {}): PersonToPlan => ({
    campaignId: "spring",
    rules: campaignRules.parse({ sender: { mode: "pool" }, ...rules }),
    ownerId: "ana",
    pinnedMailboxId: null,
    notBefore: null,
    seed,
    recipient: { zone: "Europe/Lisbon", zoneSays: "as they said", place: null, weekend: [6, 7], holidays: NO_HOLIDAYS, awayUntil: null },
  });
  const board = (): PlanBoard => ({
    now: NOW,
    mailboxes: [mailbox("ana@acme.example"), mailbox("leo@acme.example", { ownerId: "leo" })],
    slots: new Map(),
    used: new Map(),
  });

  it("shares a pool and keeps to caps: a hundred people over two mailboxes of forty take two days", () => {
    const shared = board();
    const planned = Array.from({ length: 100 }, (_, n) => planPerson(shared, person(`p${n}`))).flatMap(({ plan }) =>
      plan ? [plan.budgetDay] : [],
    );
    const perMailboxAndDay = [...shared.used].filter(([key]) => key.startsWith("mailbox")).map(([, used]) => used);

    expect(planned).toHaveLength(100);
    expect(new Set(planned).size).toBe(2);
    expect(Math.max(...perMailboxAndDay)).toBe(40);
  });

  it("keeps the campaign's own limit over all mailboxes", () => {
    const shared = board();
    for (let n = 0; n < 12; n += 1) planPerson(shared, person(`p${n}`, { dailyCap: 5 }));

    expect([...shared.used].filter(([key]) => key.startsWith("campaign")).map(([, used]) => used)).toEqual([5, 5, 2]);
  });

  it("mails people without a zone on the sender's clock, and says so", () => {
    const late = { ...board(), now: Date.UTC(2026, 2, 2, 19) };
    const { recipient, ...rest } = person("somebody");
    const { plan } = planPerson(late, { ...rest, recipient: { ...recipient, zone: null } });

    expect(plan?.reasons[0]?.text).toBe("outside working hours now: it is 19:00 in Lisbon (our zone, theirs is not known)");
  });
});
