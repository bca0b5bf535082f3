import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleOffer, testBrief } from "#server/testing/writing.ts";
import type { ObservationFields } from "../facts.ts";
import { wordsIn } from "../mail-shape.ts";
import { verifyContextOf } from "../verify-context.ts";
import { verifyDraft } from "../verify-draft.ts";
import { type Written, writeDraft } from "./write-draft.ts";

const SENT = new Date("2026-02-24T08:12:00Z");
const text = (draft: Written) => draft.sentences.map((sentence) => sentence.text).join(" ");
const mail = (id: string, draft: Written) => ({ id, subject: draft.subject, sentAt: SENT, sentences: draft.sentences });

describe("writeDraft", () => {
  it("is the same mail for the same seed, and not one mail for everybody", () => {
    const seeds = Array.from({ length: 40 }, (_, i) => `person-${i}@norvale.example:step`);
    expect(seeds.map((seed) => writeDraft(testBrief({ seed })))).toEqual(seeds.map((seed) => writeDraft(testBrief({ seed }))));
    expect(new Set(seeds.map((seed) => text(writeDraft(testBrief({ seed }))))).size).toBeGreaterThan(25);
  });

  it("opens with what is rarest about them", () => {
    const draft = writeDraft(testBrief({ accountFields: { employees: { value: 1200 }, openRole: { value: "Group Controller" } } }));
    expect(draft.sentences[1]).toMatchObject({
      kind: "fact",
      text: "Norvale is hiring a Group Controller.",
      factIds: ["account-obs:openRole"],
    });
  });

  it("knows the thread: says when it wrote, and brings claims that were not used yet", () => {
    const first = writeDraft(testBrief());
    const second = writeDraft(testBrief({ earlier: [mail("m1", first)], step: { intent: "remind" } }));
    expect(text(second)).toContain("24 February 2026");
    const claimsOf = (draft: Written) => draft.sentences.flatMap((sentence) => sentence.factIds.filter((id) => id.startsWith("claim-")));
    expect(claimsOf(second).filter((id) => claimsOf(first).includes(id))).toEqual([]);
    expect(claimsOf(second).length).toBeGreaterThan(0);
  });

  it("takes the subject of the step and fills it", () => {
    const step = { subject: "month-end in {entities} entities at {company}" };
    expect(writeDraft(testBrief({ step, accountFields: { entities: { value: 4 } } })).subject).toBe("month-end in 4 entities at Norvale");
    expect(writeDraft(testBrief({ step, accountFields: {} })).subject).toContain("{entities}");
  });

  it("writes what an extraction got wrong, and the verifier takes it out", () => {
    const brief = testBrief({
      accountFields: { growth: { value: "growing 40 % a year", quote: "Oakum plans to grow its store network" } },
    });
    const verdict = verifyDraft(writeDraft(brief), verifyContextOf(brief, []));
    expect(verdict.removed).toEqual([
      { at: 1, text: "I read that Norvale is growing 40 % a year.", reason: expect.stringContaining("no source for '40 %'") },
    ]);
    expect(verdict.findings).toEqual([expect.objectContaining({ code: "removed", blocking: false })]);
  });

  it("still writes when nothing is known of them", () => {
    const brief = testBrief({
      observations: [],
      companyNames: [],
      person: { fullName: "info@norvale.example", firstName: null, title: null, email: "info@norvale.example" },
    });
    const draft = writeDraft(brief);
    expect(draft.sentences[0]?.text).toBe("Hello,");
    expect(verifyDraft(draft, verifyContextOf(brief, [])).removed).toEqual([]);
  });
});

describe("whatever is known, what it writes passes the verifier", () => {
  const title = fc.constantFrom(
    "CFO",
    "Controller",
    "Head of Finance",
    "VP Finance",
    "Finance Director",
    "Group Controller",
    "Chief Financial Officer",
    "Accountant",
    "Direttore Amministrativo",
    "CONTROLLER",
    "Owner",
  );
  const company = fc.constantFrom(
    "Norvale",
    "Oakum Foods",
    "Tessar",
    "3B Steel",
    "Øst & Søn",
    "Café Bleu",
    "IGN",
    "de Vries Group",
    "أوريون",
  );
  const person = fc.constantFrom(
    "Nadia Rossi",
    "Otis Park",
    "Jean-Luc Roux",
    "Ørjan Lund",
    "Li Wei",
    "Mary O'Neil",
    "J. Smith",
    "محمد علي",
  );
  const fields = fc.record<ObservationFields>(
    {
      employees: fc.record({ value: fc.integer({ min: 2, max: 90_000 }) }),
      industry: fc
        .constantFrom("Manufacturing", "Food production", "IT services", "Logistics & transport", "SaaS")
        .map((value) => ({ value })),
      city: fc.constantFrom("Milan", "San José", "Frankfurt am Main", "Saint-Étienne", "Łódź").map((value) => ({ value })),
      entities: fc.record({ value: fc.integer({ min: 1, max: 40 }) }),
      openRole: fc.constantFrom("Group Controller", "Treasury Analyst", "accountant").map((value) => ({ value })),
      tool: fc.constantFrom("NetSuite", "SAP Business One", "DATEV").map((value) => ({ value })),
      growth: fc.constantFrom("growing 12 % a year", "revenue up 8 % in 2025").map((value) => ({ value })),
      news: fc.constantFrom("Opened an office in Porto in March 2025", "Acquired Ondra for €2.5m").map((value) => ({ value })),
      offices: fc.record({ value: fc.integer({ min: 2, max: 60 }) }),
    },
    { requiredKeys: [] },
  );

  it("first mails and follow-ups, with either sample offer", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        person,
        company,
        title,
        fields,
        fc.integer({ min: 0, max: 1 }),
        fc.integer({ min: 0, max: 2 }),
        (seed, fullName, name, held, accountFields, offer, earlier) => {
          const given = {
            person: { fullName, firstName: fullName.split(" ")[0] ?? null, title: held, email: null },
            companyNames: [name],
            leadFields: { title: { value: held } },
            accountFields,
            offer: sampleOffer(offer),
          };
          const sent = Array.from({ length: earlier }, (_, i) => mail(`m${i}`, writeDraft(testBrief({ ...given, seed: `${seed}${i}` }))));
          const brief = testBrief({ ...given, seed, earlier: sent, step: { intent: earlier === 0 ? "introduce" : "remind" } });
          const draft = writeDraft(brief);
          const verdict = verifyDraft(draft, verifyContextOf(brief, []));
          expect({ removed: verdict.removed, findings: verdict.findings, subject: verdict.subjectReasons }).toEqual({
            removed: [],
            findings: [],
            subject: [],
          });
          const length = draft.sentences.reduce((sum, sentence) => sum + wordsIn(sentence.text), 0);
          expect(length).toBeGreaterThanOrEqual(50);
          expect(length).toBeLessThanOrEqual(110);
        },
      ),
      { numRuns: 150 },
    );
  });
});
