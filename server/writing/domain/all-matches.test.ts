import { expect, it } from "vitest";
import { allMatches } from "./all-matches.ts";

it.each([
  ["a1b22", /\d+/g],
  ["nothing here", /\d/g],
  ["aé𝒳b", /x*/g],
  ["aé𝒳b", /x*/gu],
  ["ab", /(?=b)|b/g],
])("finds in %s with %s what matchAll finds", (text, pattern) => {
  const found = (list: Iterable<RegExpExecArray>) => Array.from(list, (match) => [...match, match.index]);
  const expected = found(text.matchAll(pattern));
  expect(found(allMatches(text, pattern))).toEqual(expected);
  expect(found(allMatches(text, pattern))).toEqual(expected);
});
