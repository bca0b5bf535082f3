import { expect, it } from "vitest";
import { quantities } from "./entailment/quantities.ts";
import { canonicalTitle } from "./entailment/titles.ts";
import { customFact, factsOf } from "./facts.ts";

/** A word of the building trade, and one that every plain object knows. */
it("reads a constructor as a word like any other", () => {
  expect(quantities("Every constructor here knows it.")).toEqual([]);
  expect(quantities("The constructor told two constructor teams.").map(({ value, units }) => [value, units[0]])).toEqual([
    [2, "constructor"],
  ]);
  expect(canonicalTitle("Constructor Manager")).toBe("constructor manager");
  const at = new Date("2026-03-02T09:00:00Z");
  expect(
    factsOf([customFact("0190f0a0-0000-7000-8000-00000000000a", "constructor", "Norvale", { source: "constructor", at })], at),
  ).toEqual([]);
});
