import { describe, expect, it } from "vitest";
import { readAmount } from "#server/deals/constants.ts";
import { formatMoney } from "@/components/ui/money";

describe("formatMoney", () => {
  it("is short in heads, and leaves the currency its name", () => {
    expect(formatMoney(1_250_000, "EUR", { short: true })).toBe("€12.5k");
    expect(formatMoney(1_250_000, "SEK")).toMatch(/^SEK\s12,500$/);
    expect(formatMoney(1_250_000, "DKK", { short: true })).toMatch(/^DKK\s12.5k$/);
  });

  it.each(["EUR", "USD", "GBP", "CHF", "SEK", "BRL", "CAD", "INR"])("writes in %s what the amount field reads", (currency) => {
    for (const cents of [99, 1_250_000, 1_250_050, 99_999_999_999]) expect(readAmount(formatMoney(cents, currency))).toBe(cents);
  });
});
