import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erasurePattern, erasureTerms } from "./erasure-terms.ts";

const none = { addresses: [], names: [], phones: [] };

describe("what is looked for when somebody is erased", () => {
  it("leaves out what would take words from others", () => {
    expect(
      erasureTerms({
        addresses: ["Nadia@Norvale.example", null, "nadia@norvale.example"],
        names: ["Nadia", "Nadia Rossi", "Li A"],
        phones: ["12", "+39 02 1234567"],
      }),
    ).toEqual({
      addresses: ["nadia@norvale.example"],
      names: ["Nadia Rossi"],
      phones: ["+39 02 1234567"],
    });
    expect(erasurePattern(none, "text")).toBeNull();
  });

  it("finds every term wherever it stands, whatever signs it has", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (word, before, after) => {
        const pattern = erasurePattern({ ...none, names: [word] }, "text") ?? "";
        expect(new RegExp(pattern).test(`${before}${word}${after}`)).toBe(true);
      }),
    );
  });
});
