import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdRows } from "./hold-rows.ts";

const split = (text: string) => (text === "" ? [] : text.split(""));

describe("holdRows", () => {
  it.each([
    ["first rows", "", "abc", "abc", 0],
    ["new ones on top wait", "abc", "xyabc", "abc", 2],
    ["the next page is appended", "abc", "abcde", "abcde", 0],
    ["both at once", "abc", "xabcde", "abcde", 1],
    ["another order changes nothing", "abc", "cab", "abc", 0],
    ["one that left keeps its place", "abc", "ac", "abc", 0],
    ["nothing is left of what was shown", "abc", "xyz", "xyz", 0],
  ])("%s", (_what, order, fresh, shown, held) => expect(holdRows(split(order), split(fresh))).toEqual({ order: split(shown), held }));

  it("never moves what is shown, and loses nobody", () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 });
    fc.assert(
      fc.property(ids, ids, (order, fresh) => {
        const result = holdRows(order, fresh);
        const shown = result.order.filter((id) => fresh.includes(id));
        expect(shown.length + result.held).toBe(fresh.length);
        if (fresh.some((id) => order.includes(id))) expect(result.order.slice(0, order.length)).toEqual(order);
      }),
    );
  });
});
