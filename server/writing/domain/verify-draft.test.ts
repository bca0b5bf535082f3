import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testBrief } from "#server/testing/writing.ts";
import type { DraftSource, Sentence } from "#server/writing/schema.ts";
import { verifyContextOf } from "./verify-context.ts";
import { type Verdict, type VerifyContext, verifyDraft } from "./verify-draft.ts";

const NOW = new Date("2026-03-02T09:00:00Z");
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
  source("bought", "company", "news", "acquired Ondra in March 2025", { quote: "Norvale acquired Ondra in March 2025 for €2.5m" }),
  source("growth", "company", "growth", "revenue rose 12 % in 2025", { quote: "Revenue rose 12 % in 2025" }),
  source("no-erp", "company", "news", "Norvale does not use SAP"),
  source("old", "company", "openRole", "Tax Accountant", { at: new Date("2024-01-05T00:00:00Z"), isStale: true }),
  source("days", "us", "claim", "Our customers cut the close from 9 days to 5 days", { source: "customer survey" }),
  source("upto", "us", "claim", "Acme Ledger handles up to 40 entities", { source: "product tour" }),
  source("price", "us", "claim", "Acme Ledger costs €900 a month", { source: "price list" }),
  source("links", "us", "claim", "Acme Ledger reads from NetSuite without replacing it", { source: "product tour" }),
  source("mail:1", "thread", "mail", "24 February 2026: Month-end close at Norvale"),
];
const context: VerifyContext = {
  sources: SOURCES,
  ownSources: [
    source("offer:what", "us", "offer", "Month-end close software for finance teams"),
    source("offer:ask", "us", "ask", "A 20-minute call"),
  ],
  greetable: ["Nadia Rossi", "Nadia"],
  avoidWords: ["synergy"],
  links: ["acme.example"],
  parties: { them: ["Nadia Rossi", "Nadia", "Norvale"], us: ["Acme Ledger", "Ana Prado"] },
  known: ["Nadia Rossi", "Nadia", "Norvale", "Acme Ledger", "Ana Prado"],
  now: NOW,
};
const BASE: Sentence[] = [
  { kind: "greeting", text: "Hi Nadia,", factIds: [] },
  { kind: "claim", text: "Acme Ledger is month-end close software for finance teams.", factIds: ["offer:what"] },
];
const verify = (text: string, kind: Sentence["kind"], factIds: string[]): Verdict =>
  verifyDraft({ subject: "Month-end close", sentences: [...BASE, { kind, text, factIds }] }, context);
const reasonFor = (text: string, kind: Sentence["kind"], ...factIds: string[]) => verify(text, kind, factIds).removed[0]?.reason ?? null;

describe("keeps what its sources say", () => {
  it.each<[string, Sentence["kind"], string[]]>([
    ["Norvale has 240 people.", "fact", ["size"]],
    ["Norvale has around 240 people.", "fact", ["size"]],
    ["Norvale has two hundred and forty people.", "fact", ["size"]],
    ["Norvale has 240 people and is based in Milan.", "fact", ["size", "city"]],
    ["You are Group Controller at Norvale.", "fact", ["title"]],
    ["You are looking for a Treasury Manager in Milan.", "fact", ["role"]],
    ["Norvale acquired Ondra in March 2025.", "fact", ["bought"]],
    ["Ondra was acquired by Norvale last March.", "fact", ["bought"]],
    ["You acquired Ondra for €2.5m.", "fact", ["bought"]],
    ["You acquired Ondra for 2.5 million euros.", "fact", ["bought"]],
    ["Your revenue rose 12 percent in 2025.", "fact", ["growth"]],
    ["Your revenue grew 12% last year.", "fact", ["growth"]],
    ["Norvale does not use SAP.", "fact", ["no-erp"]],
    ["Our customers cut the close from nine to five days.", "claim", ["days"]],
    ["We handle up to forty entities.", "claim", ["upto"]],
    ["Acme Ledger reads from NetSuite without replacing it.", "claim", ["links"]],
    ["With four entities, Norvale runs a group close.", "fact", ["entities", "title"]],
    ["I wrote to you on 24 February 2026 about the month-end close.", "fact", ["mail:1"]],
    ["How do you handle this at Norvale?", "question", []],
    ["Would a 20-minute call be useful?", "ask", []],
    ["Best regards,", "closing", []],
  ])("%s", (text, kind, ids) => {
    expect(verify(text, kind, ids).removed).toEqual([]);
  });
});

describe("removes what they do not say, and names it", () => {
  it.each<[string, string, Sentence["kind"], string[], string]>([
    ["wrong company", "Tessar has 240 people.", "fact", ["size"], "Tessar"],
    ["wrong number", "Norvale has 420 people.", "fact", ["size"], "420"],
    ["wrong number in words", "Norvale has four hundred people.", "fact", ["size"], "four hundred"],
    ["rounded up", "Norvale has more than 240 people.", "fact", ["size"], "240"],
    ["wrong date", "Norvale acquired Ondra in April 2025.", "fact", ["bought"], "April 2025"],
    ["wrong year", "Norvale acquired Ondra in 2024.", "fact", ["bought"], "2024"],
    ["wrong relative date", "Norvale acquired Ondra last month.", "fact", ["bought"], "last month"],
    ["wrong title", "You are CFO at Norvale.", "fact", ["title"], "CFO"],
    ["a role to fill is nobody's title", "You are Treasury Manager at Norvale.", "fact", ["role"], "Treasury Manager"],
    ["invented award", "Norvale won an award for its close.", "fact", ["size"], "won"],
    ["invented award without the word", "Norvale was picked by analysts as a treasury team to watch.", "fact", ["size"], "picked"],
    ["role swap", "Ondra acquired Norvale in March 2025.", "fact", ["bought"], "other way round"],
    ["role swap in the passive", "You were acquired by Ondra in March 2025.", "fact", ["bought"], "other way round"],
    ["negation added", "Norvale does not have 240 people.", "fact", ["size"], "'not'"],
    ["negation dropped", "Norvale uses SAP.", "fact", ["no-erp"], "opposite"],
    ["negation dropped in a claim", "Acme Ledger reads from NetSuite by replacing it.", "claim", ["links"], "opposite"],
    ["a number of ours as theirs", "Norvale closes in 5 days.", "fact", ["days"], "5"],
    ["a number of theirs as ours", "We have 240 people.", "claim", ["size"], "240"],
    ["our vacancy", "We are looking for a Treasury Manager.", "claim", ["role"], "somebody else"],
    ["stale fact in the present tense", "Norvale is looking for a Tax Accountant.", "fact", ["old"], "too old"],
    ["wrong unit", "Norvale has 240 offices.", "fact", ["size"], "240"],
    ["wrong time unit", "Our customers cut the close from 9 weeks to 5 weeks.", "claim", ["days"], "9"],
    ["wrong currency", "You acquired Ondra for $2.5m.", "fact", ["bought"], "$2.5m"],
    ["wrong magnitude", "You acquired Ondra for €2.5bn.", "fact", ["bought"], "€2.5bn"],
    ["percent for number", "Norvale has 240 % people.", "fact", ["size"], "240 %"],
    ["numbers swapped", "Our customers cut the close from 5 days to 9 days.", "claim", ["days"], "5"],
    ["limit dropped", "We handle 40 entities.", "claim", ["upto"], "40"],
    ["trend turned", "Your revenue fell 12 % in 2025.", "fact", ["growth"], "fell"],
    ["trend invented", "Norvale is growing and has 240 people.", "fact", ["size"], "growing"],
    ["multiplied", "Norvale doubled to 240 people.", "fact", ["size"], "doubled"],
    ["comparison", "Acme Ledger handles up to 40 entities, more than other tools.", "claim", ["upto"], "more"],
    ["superlative", "Acme Ledger is the leading software for finance teams.", "claim", ["offer:what"], "leading"],
    ["hidden superlative", "Acme Ledger is world-class software for finance teams.", "claim", ["offer:what"], "world-class"],
    ["causal link", "You have 240 people because you acquired Ondra.", "fact", ["size", "bought"], "because"],
    ["causal link by 'so'", "You acquired Ondra, so you are looking for a Treasury Manager.", "fact", ["bought", "role"], "so you"],
    ["implied talk", "As you told us, Norvale has 240 people.", "fact", ["size"], "As you told"],
    ["implied meeting", "It was great meeting you in Milan.", "fact", ["city"], "great meeting"],
    ["implied relation in a greeting", "Hi Nadia, great to meet you,", "greeting", [], "great to meet"],
    ["implied relation in an ask", "Would you continue our conversation?", "ask", [], "our conversation"],
    ["facts of another lead", "Norvale has 240 people.", "fact", ["someone-else:employees"], "not about this person"],
    ["a colleague's title", "You are Head of Finance at Norvale.", "fact", ["title", "size"], "Head of Finance"],
    ["a guarantee", "We guarantee 5 days.", "claim", ["days"], "guarantee"],
    ["a claim without a source", "Acme Ledger handles intercompany differences.", "claim", [], "no source"],
    ["a statement that calls itself a question", "Norvale is losing money every month.", "question", [], "losing"],
    ["a statement hidden before an ask", "Most of your peers use us. Would you talk?", "ask", [], "no source"],
    ["a number in a question", "How do you close your 7 entities?", "question", [], "7"],
    ["a name in a question", "Is Oakum on your list?", "question", [], "Oakum"],
    ["a foreign link", "Read more at https://evil.test/acme.example", "ask", [], "evil.test"],
    ["a link that hides its host", "Read it at https://acme.example@evil.test/", "ask", [], "evil.test"],
    ["a word to avoid", "Acme Ledger brings Synergy to finance teams.", "claim", ["offer:what"], "synergy"],
    ["a placeholder", "{{company}} has 240 people.", "fact", ["size"], "{{company}}"],
    ["full-width digits", "Norvale has ４２０ people.", "fact", ["size"], "420"],
    ["other digits", "Norvale has ٤٢٠ people.", "fact", ["size"], "٤٢٠"],
    ["a name in another script", "Norvale and Газпром are based in Milan.", "fact", ["city"], "Газпром"],
    ["a name at the start", "Globex and Norvale are based in Milan.", "fact", ["city"], "Globex"],
  ])("%s: %s", (_, text, kind, ids, named) => {
    expect(reasonFor(text, kind, ...ids)).toContain(named);
  });
});

describe("findings", () => {
  it("blocks a greeting with somebody else's name", () => {
    const verdict = verifyDraft(
      { subject: "Month-end close", sentences: [{ kind: "greeting", text: "Hi Maja,", factIds: [] }, ...BASE.slice(1)] },
      context,
    );
    expect(verdict.findings[0]).toMatchObject({ code: "wrong_person", blocking: true });
  });

  it("lets a person write what they know, and says that it has no source", () => {
    const verdict = verify("Your colleague Marta told me about 12 open positions.", "own", []);
    expect(verdict.removed).toEqual([]);
    expect(verdict.findings).toEqual([expect.objectContaining({ code: "unsupported", blocking: false })]);
  });

  it.each([
    ["placeholder", "Hi {firstName}, a short note."],
    ["wrong_person", "Hi Otis, a short note."],
    ["link", "See https://evil.test/x for more."],
  ])("blocks a %s even in a person's own words", (code, text) => {
    expect(verify(text, "own", []).findings[0]).toMatchObject({ code, blocking: true });
  });

  it("shows at most three, the blocking ones first, and the place of what was taken out", () => {
    const bad = Array.from({ length: 4 }, (_, i): Sentence => ({ kind: "own", text: `Own line with ${i + 50} offices.`, factIds: [] }));
    const verdict = verifyDraft(
      { subject: "{company}", sentences: [...BASE, { kind: "fact", text: "Norvale has 9 people.", factIds: ["size"] }, ...bad] },
      context,
    );
    expect(verdict.findings).toHaveLength(3);
    expect(verdict.findings[0]?.blocking).toBe(true);
    expect(verdict.removed).toEqual([{ text: "Norvale has 9 people.", reason: "no source for '9'", at: 2 }]);
  });

  it("refuses a subject that claims, or pretends to answer", () => {
    const subject = (text: string) =>
      verifyDraft({ subject: text, sentences: BASE }, { ...context, sources: SOURCES.slice(0, 3) }).subjectReasons;
    expect(subject("Month-end close at Norvale")).toEqual([]);
    expect(subject("Save 30 % at Norvale").join()).toContain("30 %");
    expect(subject("Re: Month-end close")).toEqual(["it pretends to answer"]);
  });
});

describe("whatever is planted", () => {
  const clean = verifyContextOf(testBrief(), []);
  const fact = { kind: "fact" as const, factIds: ["account-obs:employees", "account-obs:city"] };
  const blocked = (text: string) => verifyDraft({ subject: "Month-end close", sentences: [{ ...fact, text }] }, clean).removed.length === 1;

  it("a number that no source has is always removed", { timeout: 60_000 }, () => {
    const form = fc.constantFrom(
      (n: number) => String(n),
      (n: number) => `${n} %`,
      (n: number) => `€${n}m`,
      (n: number) => `${n}k`,
      (n: number) => n.toLocaleString("en-GB"),
      (n: number) => `${n}x`,
    );
    const frame = fc.constantFrom(
      (n: string) => `Norvale has ${n} people.`,
      (n: string) => `With ${n} people, Norvale is based in Milan.`,
      (n: string) => `You have 240 people in Milan and ${n} offices.`,
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9_999_999 }).filter((n) => n !== 240),
        form,
        frame,
        (n, write, say) => blocked(say(write(n))),
      ),
      { numRuns: 200 },
    );
  });

  it("a name that no source has is always removed", { timeout: 60_000 }, () => {
    const letters = fc.array(fc.constantFrom(..."abdefgiklmnoprstuvz"), { minLength: 3, maxLength: 9 }).map((all) => all.join(""));
    const name = letters.map((word) => `Q${word}`);
    const frame = fc.constantFrom(
      (n: string) => `${n} has 240 people.`,
      (n: string) => `Norvale and ${n} are based in Milan.`,
      (n: string) => `Norvale has 240 people with ${n}.`,
    );
    fc.assert(
      fc.property(name, frame, (planted, say) => blocked(say(planted))),
      { numRuns: 150 },
    );
  });
});
