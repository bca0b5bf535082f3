import { expect, it } from "vitest";
import { changeWords, durationWords, shareWords } from "./share-words";

it("shows a share of few people as it was counted", () => {
  expect(shareWords(3, 11)).toBe("3 of 11");
  expect(shareWords(3, 29)).toBe("3 of 29");
  expect(shareWords(3, 30)).toBe("10 %");
  expect(shareWords(21, 812)).toBe("2.6 %");
  expect(shareWords(0, 0)).toBeNull();
  expect(shareWords(5, 4)).toBeNull();
});

it("compares small numbers by difference, large ones by share", () => {
  expect(changeWords(5, 2)).toBe("+3");
  expect(changeWords(122, 100)).toBe("+22 %");
  expect(changeWords(50, 100)).toBe("−50 %");
  expect(changeWords(4, 4)).toBe("as before");
});

it("says how long in the nearest unit", () => {
  expect([null, 38, 300, 4_320].map(durationWords)).toEqual(["–", "38 min", "5 h", "3 d"]);
});
