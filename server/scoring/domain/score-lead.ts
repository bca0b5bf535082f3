// How a score comes about, so that it can be checked by hand:
//   nouns      a profile (versioned) holds rules and grade limits; a rule holds conditions and an effect (points, or "never")
//   decision   every rule whose conditions all hold contributes its points; an unknown fact is no evidence, so its rule is silent
//   sum        the contributions add up to the score exactly: what is cut at 0 or 100, or by a "never", is an entry of its own
//   raise      for each silent helpful rule: would it, alone, lift the grade, and is the fact unknown or different?
import type { Grade, JobFunction, Seniority } from "#server/leads/constants.ts";
import { countryName } from "#server/leads/domain/country.ts";
import type { Condition, Contribution, ProfileInput, Raise, ScoringRule, Thresholds } from "../schema.ts";

export type LeadFacts = {
  title: string | null;
  seniority: Seniority | null;
  function: JobFunction | null;
  country: string | null;
  company: string | null;
  domain: string | null;
  employees: number | null;
  industry: string | null;
};

export type LeadScore = { value: number; grade: Grade; contributions: Contribution[] };

/** Scores a person from 0 to 100 against the profile. Deterministic: the same facts and profile give the same score, contribution by contribution. */
export function scoreLead(facts: LeadFacts, profile: ProfileInput): LeadScore {
  const contributions: Contribution[] = [];
  let never: ScoringRule | undefined;
  let total = 0;
  for (const rule of profile.rules) {
    if (!rule.when.every((condition) => holds(condition, facts) === true)) continue;
    if (rule.effect === "never") {
      never ??= rule;
      continue;
    }
    if (rule.effect === 0) continue;
    contributions.push({ rule: rule.id, label: rule.label, points: rule.effect, fields: fieldsOf(rule, facts) });
    total += rule.effect;
  }
  if (never) {
    contributions.push({ rule: never.id, label: `${never.label}: never`, points: -total, fields: fieldsOf(never, facts) });
    return { value: 0, grade: "F", contributions };
  }
  const value = Math.min(100, Math.max(0, total));
  if (value !== total) {
    const cut = total < 0 ? { rule: "floor", label: "Nobody scores below 0" } : { rule: "ceiling", label: "Nobody scores above 100" };
    contributions.push({ ...cut, points: value - total, fields: [] });
  }
  return { value, grade: gradeOf(value, profile.thresholds), contributions };
}

export function gradeOf(value: number, limits: Thresholds): Grade {
  if (value >= limits.A) return "A";
  if (value >= limits.B) return "B";
  if (value >= limits.C) return "C";
  if (value >= limits.D) return "D";
  return value >= limits.E ? "E" : "F";
}

/** Rules that, if one fact were known or different, would lift this score; the most helpful first. */
export function whatWouldRaise(facts: LeadFacts, profile: ProfileInput): Raise[] {
  const now = scoreLead(facts, profile);
  return profile.rules
    .flatMap((rule): Raise[] => {
      const results = rule.when.map((condition) => ({ field: fieldOf(condition), is: holds(condition, facts) }));
      const matches = results.every((result) => result.is === true);
      const helpsWhenTrue = !matches && rule.effect !== "never" && rule.effect > 0;
      const hurtsNow = matches && (rule.effect === "never" || rule.effect < 0);
      if (!helpsWhenTrue && !hurtsNow) return [];
      // A rule that hurts is thought away; for one that would help, the facts it lacks are set as it wants them and everything is scored again,
      // so that "be a finance manager" is not offered to a finance chief.
      const then = hurtsNow
        ? scoreLead(facts, { ...profile, rules: profile.rules.filter((other) => other !== rule) })
        : scoreLead(rule.when.filter((condition) => holds(condition, facts) !== true).reduce(satisfied, facts), profile);
      if (then.value <= now.value) return [];
      const missing = results.filter((result) => result.is !== true);
      const because = hurtsNow ? "holds" : missing.every((result) => result.is === null) ? "unknown" : "different";
      const fields = (hurtsNow ? results : missing).map((result) => result.field);
      return [
        { rule: rule.id, label: rule.label, points: then.value - now.value, because, fields: [...new Set(fields)], grade: then.grade },
      ];
    })
    .sort((a, b) => (a.because === b.because ? b.points - a.points : order(a.because) - order(b.because)));
}

function satisfied(facts: LeadFacts, condition: Condition): LeadFacts {
  switch (condition.fact) {
    case "employees":
      return { ...facts, employees: condition.min ?? condition.max ?? null };
    case "keyword":
      return { ...facts, [condition.field]: [facts[condition.field], condition.anyOf[0]].filter(Boolean).join(" ") };
    default:
      return { ...facts, [condition.fact]: condition.in[0] ?? null };
  }
}

function order(because: Raise["because"]): number {
  return because === "unknown" ? 0 : because === "holds" ? 1 : 2;
}

/** true: holds; false: does not; null: the fact is not known. */
function holds(condition: Condition, facts: LeadFacts): boolean | null {
  switch (condition.fact) {
    case "seniority":
      return facts.seniority === null ? null : condition.in.includes(facts.seniority);
    case "function":
      return facts.function === null ? null : condition.in.includes(facts.function);
    case "country":
      return facts.country === null ? null : condition.in.includes(facts.country);
    case "employees":
      return facts.employees === null
        ? null
        : facts.employees >= (condition.min ?? 0) && facts.employees <= (condition.max ?? Number.MAX_SAFE_INTEGER);
    case "domain":
      return facts.domain === null
        ? null
        : condition.in.some((domain) => facts.domain === domain.toLowerCase() || facts.domain?.endsWith(`.${domain.toLowerCase()}`));
    case "industry":
      return mentions(facts.industry, condition.in);
    case "keyword":
      return mentions(facts[condition.field], condition.anyOf);
  }
}

function mentions(text: string | null, words: readonly string[]): boolean | null {
  if (text === null || text === "") return null;
  const padded = ` ${plain(text)} `;
  return words.some((word) => padded.includes(` ${plain(word)} `));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}&+#]+/gu, " ")
    .trim();
}

function fieldOf(condition: Condition): string {
  return condition.fact === "keyword" ? condition.field : condition.fact;
}

function fieldsOf(rule: ScoringRule, facts: LeadFacts): Contribution["fields"] {
  return rule.when.map((condition) => {
    const field = fieldOf(condition);
    const value = facts[field as keyof LeadFacts];
    return { field, value: field === "country" && typeof value === "string" ? countryName(value) : String(value ?? "") };
  });
}
