import { expect, it } from "vitest";
import { wantsMore } from "./wants-more";

const atEnd = { drawnTo: 50, loaded: 50, isFetching: false, hasFailed: false };

it("asks for the next page near the end of what is loaded", () => {
  expect([wantsMore(atEnd), wantsMore({ ...atEnd, drawnTo: 41 }), wantsMore({ ...atEnd, drawnTo: 40 })]).toEqual([true, true, false]);
});

it("asks once: not while one is on its way, not after one that failed, not for an empty list", () => {
  expect(wantsMore({ ...atEnd, isFetching: true })).toBe(false);
  expect(wantsMore({ ...atEnd, hasFailed: true })).toBe(false);
  expect(wantsMore({ ...atEnd, drawnTo: 0, loaded: 0 })).toBe(false);
});
