import { describe, expect, it } from "vitest";
import type { DraftSource, Sentence } from "#server/writing/schema.ts";
import { type VerifyContext, verifyDraft } from "./verify-draft.ts";

// Every sentence here may cite every source: only what the words say can stop it.
const source = (id: string, about: DraftSource["about"], field: string, value: string, more: Partial<DraftSource> = {}): DraftSource => ({
  id,
  about,
  field,
  value,
  label: field,
  quote: null,
  source: "website/about",
  at: new Date("2026-02-18T00:00:00Z"),
  isStale: false,
  ...more,
});
const SOURCES = [
  source("title", "person", "title", "Group Controller"),
  source("size", "company", "employees", "240", { label: "People" }),
  source("city", "company", "city", "Milan"),
  source("entities", "company", "entities", "4", { label: "Entities" }),
  source("role", "company", "openRole", "Treasury Manager", { quote: "We are looking for a Treasury Manager in Milan" }),
  source("bought", "company", "news", "acquired Ondra", { quote: "Norvale acquired Ondra in March 2025 for €2.5m" }),
  source("growth", "company", "growth", "rose", { quote: "Revenue rose 12 % in 2025" }),
  source("days", "us", "claim", "Our customers cut the close from 9 days to 5 days", { source: "survey" }),
  source("upto", "us", "claim", "Acme Ledger handles up to 40 entities", { source: "product tour" }),
  source("setup", "us", "claim", "A first entity is set up in two weeks", { source: "average of 61 set-ups in 2025" }),
];
const NAMES = { them: ["Nadia Rossi", "Nadia", "Norvale"], us: ["Acme Ledger", "Ana Prado"] };
const context: VerifyContext = {
  sources: SOURCES,
  ownSources: [
    source("offer:what", "us", "offer", "Month-end close software for finance teams"),
    source("offer:ask", "us", "ask", "A 20-minute call"),
  ],
  greetable: ["Nadia Rossi", "Nadia"],
  avoidWords: [],
  links: [],
  parties: NAMES,
  known: [...NAMES.them, ...NAMES.us],
  now: new Date("2026-03-02T09:00:00Z"),
};
const ALL = SOURCES.map((one) => one.id);
const isKept = (kind: Sentence["kind"], text: string) =>
  verifyDraft({ subject: "Close", sentences: [{ kind, text, factIds: kind === "fact" || kind === "claim" ? ALL : [] }] }, context).removed
    .length === 0;

describe("with every source at hand, it still removes", () => {
  it.each<[Sentence["kind"], string]>([
    ["fact", "Norvale employs roughly 250 people."],
    ["fact", "Norvale has a team of 240 controllers."],
    ["fact", "Norvale spent €2.5m on treasury."],
    ["fact", "Ondra paid €2.5m for Norvale."],
    ["fact", "Norvale sold Ondra in March 2025."],
    ["fact", "You joined Norvale in March 2025."],
    ["fact", "Norvale's profit rose 12 % in 2024."],
    ["fact", "Revenue at Ondra rose 12 % in 2025."],
    ["fact", "Your revenue rose by more than 12 %."],
    ["fact", "Your revenue rose 12 points in 2025."],
    ["fact", "Norvale runs SAP."],
    ["fact", "Norvale uses spreadsheets for its four entities."],
    ["fact", "Your four entities close in 9 days."],
    ["fact", "Norvale has four entities in Germany."],
    ["fact", "You manage a team of four."],
    ["fact", "Norvale was founded in 1998."],
    ["fact", "Norvale is Europe's largest manufacturer."],
    ["fact", "You were promoted to Group Controller."],
    ["fact", "You recently became Group Controller."],
    ["fact", "Your CFO is looking for a Treasury Manager."],
    ["fact", "Norvale stopped looking for a Treasury Manager."],
    ["fact", "Norvale has 240 people worldwide and a strong reputation."],
    ["claim", "Acme Ledger handles 40 entities in 5 days."],
    ["claim", "Your close would go from 9 days to 5 days."],
    ["claim", "Our customers cut the close by 9 days."],
    ["claim", "Our customers cut costs from 9 weeks to 5 weeks."],
    ["claim", "Acme Ledger is used by Ondra."],
    ["claim", "Gartner recommends Acme Ledger."],
    ["claim", "We set up all entities in two weeks."],
    ["claim", "A first entity is set up in two days."],
    ["claim", "A second entity is set up in two weeks."],
    ["claim", "Acme Ledger handles up to 40 currencies."],
    ["claim", "Acme Ledger handles at least 40 entities."],
    ["claim", "Thousands of finance teams use Acme Ledger."],
    ["claim", "Acme Ledger is cheaper than what you have."],
    ["claim", "We work with companies like Norvale."],
    ["claim", "Acme Ledger is GDPR compliant."],
    ["claim", "The setup takes two weeks, guaranteed."],
    ["question", "Have you found a Treasury Manager after losing yours?"],
    ["question", "Is it true that your close takes 12 days?"],
    ["question", "Did you enjoy the conference in Porto?"],
    ["question", "Since your auditor complained, would a call help?"],
    ["ask", "Would you like a 30-minute call?"],
    ["ask", "Can we meet on Tuesday at 10:00?"],
    ["ask", "Would you like a free trial?"],
    ["ask", "As your competitors already use it, would you talk?"],
    ["ask", "Let me know, because prices rise next month."],
    ["closing", "Looking forward to our meeting on Friday,"],
    ["greeting", "Hi Nadia, congratulations on the award,"],
  ])("%s: %s", (kind, text) => {
    expect(isKept(kind, text)).toBe(false);
  });
});

describe("and keeps", () => {
  it.each<[Sentence["kind"], string]>([
    ["fact", "Norvale acquired Ondra in March 2025 for 2.5 million euros."],
    ["fact", "As Group Controller at Norvale, you look after four entities."],
    ["fact", "There are four entities at Norvale."],
    ["fact", "Norvale, with 240 people, is based in Milan."],
    ["fact", "Your company has four legal entities."],
    ["fact", "I saw that Norvale acquired Ondra in March 2025."],
    ["claim", "Our customers cut their close from nine days to five."],
    ["claim", "With Acme Ledger, customers cut the close from 9 days to 5 days."],
    ["claim", "Acme Ledger can handle up to 40 entities for you."],
    ["claim", "Setting up a first entity takes two weeks."],
    ["question", "How do you handle the month-end close today?"],
    ["question", "Is the month-end close on your list this year?"],
    ["ask", "If someone else handles this, could you point me to them?"],
    ["closing", "Best wishes,"],
    ["greeting", "Good morning Nadia,"],
  ])("%s: %s", (kind, text) => {
    expect(isKept(kind, text)).toBe(true);
  });
});

describe("titles of less weight", () => {
  const open = [source("role", "company", "openRole", "Assistant Controller")];
  const removed = (text: string) =>
    verifyDraft({ subject: "Close", sentences: [{ kind: "fact", text, factIds: ["role"] }] }, { ...context, sources: open }).removed.length;

  it("are kept as they are advertised, and not without what lessens them", () => {
    expect(removed("Norvale is hiring an Assistant Controller.")).toBe(0);
    expect(removed("Norvale is hiring a Controller.")).toBe(1);
  });
});
