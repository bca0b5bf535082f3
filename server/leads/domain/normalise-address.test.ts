import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseAddress } from "./normalise-address.ts";

describe("normaliseAddress", () => {
  it.each([
    ["Nadia@Norvale.EXAMPLE", "nadia@norvale.example"],
    ["  n.rossi+crm@norvale.example ", "n.rossi+crm@norvale.example"],
    ["Nadia Rossi <nadia@norvale.example>", "nadia@norvale.example"],
    ["mailto:nadia@norvale.example?subject=x", "nadia@norvale.example"],
    ["nadia@norvale.example; office@norvale.example", "nadia@norvale.example"],
    ["'nadia@norvale.example'", "nadia@norvale.example"],
    ["nadia@norvale.example.", "nadia@norvale.example"],
    ["\u200bnadia@norvale.example", "nadia@norvale.example"],
    ["jörg@norvale.example", null],
    ["jorg@bücher.example", "jorg@xn--bcher-kva.example"],
    ["o'brien@norvale.example", "o'brien@norvale.example"],
    ["nadia@norvale", null],
    ["nadia@norvale.co#m", null],
    ["nadia@norvale.co/m", null],
    ["nadia@norvale.co\\m", null],
    ["nadia@norvale%2eexample", null],
    ["надя@пример.рф", null],
    ["nadia@пример.рф", "nadia@xn--e1afmkfd.xn--p1ai"],
    ["nadia@@norvale.example", null],
    ["nadia@10.0.0.1", null],
    ["nadia..rossi@norvale.example", null],
    [".nadia@norvale.example", null],
    ["nadia@-norvale.example", null],
    ["nadia at norvale.example", null],
    ["n/a", null],
    ["", null],
    [`${"a".repeat(65)}@norvale.example`, null],
  ])("reads %s as %s", (raw, expected) => {
    const read = normaliseAddress(raw);
    expect(read.ok ? read.email : null).toBe(expected);
    if (!read.ok) expect(read.reason).toMatch(/\.$/);
  });

  it("is idempotent for every address it accepts", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        const once = normaliseAddress(raw);
        if (!once.ok) return;
        expect(normaliseAddress(once.email)).toEqual(once);
      }),
    );
  });

  it("never throws, whatever stands in the cell", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (raw) => void normaliseAddress(raw)));
  });
});
