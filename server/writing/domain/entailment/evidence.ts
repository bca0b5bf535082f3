import { lookup } from "#server/core/lookup.ts";
import type { DraftSource } from "#server/writing/schema.ts";
import { type DateMention, dates } from "./dates.ts";
import { type Marker, markers } from "./markers.ts";
import { denied } from "./negation.ts";
import { normalise, stem, words } from "./normalise.ts";
import { type Quantity, quantities } from "./quantities.ts";
import { canonicalTitle } from "./titles.ts";

/** A source made ready to be checked against. Where it has a quote, the quote counts and not the value that somebody read out of it. */
export type Evidence = {
  source: DraftSource;
  text: string;
  stems: Set<string>;
  tokens: string[];
  quantities: Quantity[];
  dates: DateMention[];
  markers: Set<string>;
  denied: Set<string>;
  title: string | null;
};

/** Words that a field stands for, so that "has 240 people" rests on `employees: 240`. */
const FIELD_WORDS: Record<string, string> = lookup({
  employees: "people person employee employees staff colleagues company size headcount strong employs",
  industry: "industry sector company business works work field in",
  city: "based office city located sits headquarters from company",
  country: "based country located from company",
  title: "role title job position work in charge look",
  company: "company work at",
  full_name: "name",
  openRole: "hiring hire recruiting opening vacancy role position looking post team job",
  entities: "entities entity companies subsidiaries legal group has runs company operating",
  tool: "use uses run runs with on tool system software work",
  growth: "grow growing growth company read",
  news: "news read company",
  funding: "funding round raised company",
  offices: "offices locations sites office location",
  mail: "mail wrote sent message earlier note last follow subject",
  reply: "question asked wrote answer mail ask",
  time: "times time works slot free",
  ask: "call minutes short talk look",
});

const SAME_UNIT: string[][] = [
  ["person", "people", "employe", "employee", "staff", "colleagu", "headcount", "member"],
  ["entity", "subsidiary", "legal"],
  ["company", "firm", "busines", "organisation", "organization"],
  ["customer", "client", "user"],
  ["office", "location", "sit", "site"],
];

/** The same claims stand behind every mail of a campaign: what was read once is kept, up to a bound. */
const prepared = new Map<string, Omit<Evidence, "source">>();
const MOST_PREPARED = 1_000;

export function prepareEvidence(source: DraftSource): Evidence {
  const key = JSON.stringify([source.field, source.label, source.value, source.quote, source.source]);
  const known = prepared.get(key) ?? readEvidence(source);
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  prepared.set(key, known);
  return { ...known, source };
}

function readEvidence(source: DraftSource): Omit<Evidence, "source"> {
  const text = normalise(spokenText(source));
  const label = normalise(source.label);
  return {
    text,
    stems: new Set(words(`${text} ${label} ${FIELD_WORDS[source.field] ?? ""}`).map((word) => stem(word.lower))),
    tokens: words(text).map((word) => word.lower),
    quantities: quantities(text).map((quantity) =>
      quantity.units.length > 0
        ? quantity
        : { ...quantity, units: words(`${label} ${FIELD_WORDS[source.field] ?? ""}`).map((word) => stem(word.lower)) },
    ),
    dates: dates(text),
    markers: new Set(markers(text).map((marker: Marker) => marker.sense)),
    denied: denied(text),
    title: source.field === "title" ? canonicalTitle(text) : null,
  };
}

/** A claim carries its evidence with it, so that a mail may say where a figure comes from. */
function spokenText(source: DraftSource): string {
  const isProven = source.field === "claim" && source.source !== "";
  return isProven ? `${source.value} (${source.source})` : (source.quote ?? source.value);
}

export function unitsAgree(left: string[], right: string[]): boolean {
  if (left.length === 0 || right.length === 0) return true;
  return left.some((unit) =>
    right.some((other) => unit === other || SAME_UNIT.some((group) => group.includes(unit) && group.includes(other))),
  );
}

/** True when the words stand next to each other in the evidence, in this order. */
export function holdsPhrase(evidence: Evidence, parts: readonly string[]): boolean {
  return evidence.tokens.some((_, at) => parts.every((part, offset) => evidence.tokens[at + offset] === part));
}
