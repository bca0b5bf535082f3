import { jobFunctionWords, seniorityWords } from "#server/leads/constants.ts";
import type { Condition, ScoringRule } from "#server/scoring/schema.ts";

/** A rule's conditions as a sentence. */
export function conditionsSay(rule: ScoringRule): string {
  return rule.when.map(conditionSays).join(" and ");
}

/** A name that no rule of this draft has: their number alone is taken again once an earlier one was removed. */
export function freeRuleId(rules: readonly Pick<ScoringRule, "id">[], version: number): string {
  const taken = new Set(rules.map((rule) => rule.id));
  let number = rules.length + 1;
  while (taken.has(`rule-${number}-${version}`)) number += 1;
  return `rule-${number}-${version}`;
}

function conditionSays(condition: Condition): string {
  switch (condition.fact) {
    case "seniority":
      return `the title is ${oneOf(condition.in.map((each) => seniorityWords[each]))}`;
    case "function":
      return `the field is ${oneOf(condition.in.map((each) => jobFunctionWords[each]))}`;
    case "employees":
      if (condition.min === undefined) return `the company has at most ${condition.max} people`;
      return condition.max === undefined
        ? `the company has at least ${condition.min} people`
        : `the company has ${condition.min} to ${condition.max} people`;
    case "industry":
      return `the industry mentions ${oneOf(condition.in)}`;
    case "country":
      return `the country is ${oneOf(condition.in)}`;
    case "keyword":
      return `the ${condition.field} mentions ${oneOf(condition.anyOf)}`;
    case "domain":
      return `the web domain is ${oneOf(condition.in)}`;
  }
}

function oneOf(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? "";
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  return `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}
