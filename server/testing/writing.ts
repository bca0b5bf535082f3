import { sampleOffers } from "#server/offers/domain/sample-offers.ts";
import { type Brief, type BriefInput, type BriefOffer, buildBrief } from "#server/writing/domain/brief.ts";
import type { ObservationFields } from "#server/writing/domain/facts.ts";

export const BRIEF_NOW = new Date("2026-03-02T09:00:00Z");

export function sampleOffer(index = 0): BriefOffer {
  const sample = sampleOffers[index] ?? sampleOffers[0];
  if (!sample) throw new Error("there are no sample offers");
  return { ...sample, id: `offer-${index}`, claims: sample.claims.map((claim, i) => ({ ...claim, id: `claim-${index}-${i}` })) };
}

/** Nadia Rossi of Norvale, with what an import and a website said of her. */
export function testBrief(
  given: Partial<Omit<BriefInput, "step">> & {
    leadFields?: ObservationFields;
    accountFields?: ObservationFields;
    step?: Partial<BriefInput["step"]>;
  } = {},
): Brief {
  const { leadFields, accountFields, step, ...input } = given;
  const fetchedAt = new Date("2026-02-18T09:00:00Z");
  return buildBrief({
    person: { fullName: "Nadia Rossi", firstName: "Nadia", title: "CFO", email: "nadia@norvale.example" },
    companyNames: ["Norvale", "Norvale S.p.A."],
    observations: [
      {
        id: "lead-obs",
        subjectType: "lead",
        source: "import",
        sourceRef: "q1.csv row 118",
        fetchedAt,
        fields: leadFields ?? { title: { value: "CFO" } },
      },
      {
        id: "account-obs",
        subjectType: "account",
        source: "import",
        sourceRef: "q1.csv row 118",
        fetchedAt,
        fields: accountFields ?? { employees: { value: 240 }, industry: { value: "Manufacturing" }, city: { value: "Milan" } },
      },
    ],
    offer: sampleOffer(),
    earlier: [],
    sender: { fullName: "Ana Prado" },
    seed: "nadia@norvale.example:first",
    zone: "Europe/Rome",
    now: BRIEF_NOW,
    ...input,
    step: { subject: null, instruction: "", intent: "introduce", sameThread: false, ...step },
  });
}
