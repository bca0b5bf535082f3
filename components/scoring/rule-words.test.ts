import { expect, it } from "vitest";
import { profileInput, type ScoringRule } from "#server/scoring/schema.ts";
import { freeRuleId } from "./rule-words";

it("names a new rule as no other, also after an earlier one was removed", () => {
  const rules: ScoringRule[] = [];
  const add = () =>
    rules.push({ id: freeRuleId(rules, 3), label: "New", when: [{ fact: "keyword", field: "title", anyOf: ["finance"] }], effect: 10 });
  add();
  add();
  rules.shift();
  add();
  expect(rules.map((rule) => rule.id)).toEqual(["rule-2-3", "rule-3-3"]);
  expect(profileInput.safeParse({ rules, thresholds: { A: 80, B: 60, C: 40, D: 20, E: 10 } }).success).toBe(true);
});
