import * as z from "zod";
import { lookup } from "#server/core/lookup.ts";
import type { DraftSource } from "#server/writing/schema.ts";

/*
 * Observation ──▶ one DraftSource per field (winner: a person's correction, else surest, else freshest; id `observationId:field`)
 * Claims of the offer ──▶ DraftSource about us.   Earlier mails and their reply ──▶ DraftSource of the thread.
 * brief = who + sources + angle + seed ──▶ writer (embedded or model) ──▶ sentences with source ids ──▶ verifyDraft
 *   ──▶ kept, removed (struck out with the reason), findings ──▶ Draft. See docs/writing.md.
 */

export const observationFields = z.record(
  z.string(),
  z.object({
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    quote: z.string().optional(),
    confidence: z.number().optional(),
  }),
);
export type ObservationFields = z.infer<typeof observationFields>;
export type ObservedFact = {
  id: string;
  subjectType: "lead" | "account";
  source: string;
  sourceRef: string | null;
  fetchedAt: Date;
  fields: ObservationFields;
};

type FieldRule = { field: string; label: string; about: "person" | "company"; freshDays: number };

/** What may be said in a mail, and for how long it may be said in the present tense. Everything else stays unsaid. */
const RULES: Record<string, FieldRule> = lookup({
  title: { field: "title", label: "Title", about: "person", freshDays: 730 },
  employees: { field: "employees", label: "People", about: "company", freshDays: 540 },
  industry: { field: "industry", label: "Industry", about: "company", freshDays: 1095 },
  city: { field: "city", label: "City", about: "company", freshDays: 730 },
  entities: { field: "entities", label: "Entities", about: "company", freshDays: 540 },
  legalentities: { field: "entities", label: "Entities", about: "company", freshDays: 540 },
  openrole: { field: "openRole", label: "Open role", about: "company", freshDays: 60 },
  hiring: { field: "openRole", label: "Open role", about: "company", freshDays: 60 },
  tool: { field: "tool", label: "Tool", about: "company", freshDays: 540 },
  software: { field: "tool", label: "Tool", about: "company", freshDays: 540 },
  growth: { field: "growth", label: "Growth", about: "company", freshDays: 270 },
  news: { field: "news", label: "News", about: "company", freshDays: 120 },
  funding: { field: "funding", label: "Funding", about: "company", freshDays: 365 },
  offices: { field: "offices", label: "Offices", about: "company", freshDays: 540 },
});
const SOURCE_WORDS: Record<string, string> = lookup({
  import: "import",
  person: "by hand",
  reply: "their mail",
  website: "website",
  booking: "booking page",
  api: "API",
  derived: "derived",
});
const DAY_MS = 86_400_000;
const SURE = 0.5;

export function factsOf(observations: readonly ObservedFact[], now: Date): DraftSource[] {
  const best = new Map<string, { fact: DraftSource; rank: number }>();
  for (const observation of observations) {
    for (const [key, said] of Object.entries(observation.fields)) {
      const rule = ruleOf(key);
      const value = said?.value === null || said?.value === undefined ? "" : String(said.value).trim();
      // A lead's city is where the person is; only a company's city is where the company is.
      if (!rule || value === "" || value.length > 300 || (rule.field === "city" && observation.subjectType === "lead")) continue;
      const fact = toSource(observation, key, rule, { value, quote: said.quote }, now);
      const rank = rankOf(observation, said.confidence ?? 1);
      const known = best.get(rule.field);
      if (!known || rank > known.rank || (rank === known.rank && fact.id > known.fact.id)) best.set(rule.field, { fact, rank });
    }
  }
  return [...best.values()].map(({ fact }) => fact).sort((a, b) => a.field.localeCompare(b.field));
}

const NAMED_ORIGINS: Record<string, string> = lookup({ "by hand": "by hand", reply: "reply", booking: "booking", api: "api" });

/** Where the person came from: the name of the imported file, or one of our own words. */
function originOf(source: string): { source: string; sourceRef: string | null } {
  const named = NAMED_ORIGINS[source];
  if (named) return { source: named, sourceRef: null };
  return { source: "import", sourceRef: source };
}

/** A column that the import kept as a custom field speaks like an observation of that import. */
export function customFact(leadId: string, key: string, value: string | number, from: { source: string; at: Date }): ObservedFact {
  return {
    id: `custom-${leadId}`,
    subjectType: "lead",
    ...originOf(from.source),
    fetchedAt: from.at,
    fields: { [key]: { value } },
  };
}

function ruleOf(key: string): FieldRule | undefined {
  const plain = key
    .toLowerCase()
    .replace(/^custom[.:]/, "")
    .replace(/[^a-z]/g, "");
  return RULES[plain];
}

function toSource(
  observation: ObservedFact,
  key: string,
  rule: FieldRule,
  said: { value: string; quote?: string | undefined },
  now: Date,
): DraftSource {
  const kind = SOURCE_WORDS[observation.source] ?? observation.source;
  return {
    id: `${observation.id}:${key}`,
    label: rule.label,
    value: said.value,
    quote: said.quote?.trim() || null,
    source: observation.sourceRef ? `${kind} ${observation.sourceRef}` : kind,
    at: observation.fetchedAt,
    field: rule.field,
    about: rule.about,
    isStale: now.getTime() - observation.fetchedAt.getTime() > rule.freshDays * DAY_MS,
  };
}

/** A person's correction first; then what is surer; then what is fresher. */
function rankOf(observation: ObservedFact, confidence: number): number {
  const byPerson = observation.source === "person" ? 10 : 0;
  const sure = confidence >= SURE ? 5 : 0;
  return (byPerson + sure) * 1e14 + observation.fetchedAt.getTime();
}
