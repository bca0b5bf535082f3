import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { companyNameForMail } from "./company-name.ts";

describe("companyNameForMail", () => {
  it.each([
    ["Norvale S.p.A.", "Norvale"],
    ["Norvale SpA", "Norvale"],
    ["NORVALE S.R.L.", "Norvale"],
    ["Tessar GmbH & Co. KG", "Tessar"],
    ["Tessar Holding GmbH", "Tessar Holding"],
    ["Oakum, Inc.", "Oakum"],
    ["Oakum Incorporated", "Oakum"],
    ["Ondra s.r.o.", "Ondra"],
    ["Calderon Pty Ltd", "Calderon"],
    ["Brandt AG", "Brandt"],
    ["Vik AS", "Vik"],
    ["Petrov OOD", "Petrov"],
    ["Roux SARL", "Roux"],
    ["Roux S.A.S.", "Roux"],
    ["Kos sp. z o.o.", "Kos"],
    ["Field & Co", "Field"],
    ["Acme Ledger (formerly Books4)", "Acme Ledger"],
    ["Bright Co., Ltd.", "Bright"],
    ["Aurora Oy", "Aurora"],
    ["Norvale and Company", "Norvale"],
    ["Tessar und Co. KG", "Tessar"],
    ["Field & Sons and Co., Ltd.", "Field & Sons"],
    ["Grupo Oakum, S.A. de C.V.", "Grupo Oakum"],
    ["Oakum S.A.B. de C.V.", "Oakum"],
    ["Oakum S. de R.L. de C.V.", "Oakum"],
    ["Sand and Sea", "Sand and Sea"],
    ["IBM", "IBM"],
    ["H&M", "H&M"],
    ["eBay", "eBay"],
    ["The Oakum Company", "The Oakum"],
    ["SA", "SA"],
    ["شركة النور", "شركة النور"],
    ["Volkswagen", "Volkswagen"],
    ["Casa", "Casa"],
    ["  Norvale   Group  ", "Norvale Group"],
  ])("writes %s as %s", (raw, expected) => expect(companyNameForMail(raw)).toBe(expected));

  it("always leaves a name and settles at once", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (raw) => {
        const name = companyNameForMail(raw);
        if (raw.trim()) expect(name.length).toBeGreaterThan(0);
        expect(companyNameForMail(name).length).toBeLessThanOrEqual(name.length);
      }),
    );
  });
});
