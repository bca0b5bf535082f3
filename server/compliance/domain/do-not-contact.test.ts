import { describe, expect, it } from "vitest";
import { explainSuppression, readPastedValue, splitPasted, strongest } from "./do-not-contact.ts";

const readers = { address: (text: string) => (text.includes(" ") ? null : text), isPublicSuffix: (domain: string) => domain === "co.uk" };
const at = (day: string) => new Date(`${day}T09:00:00Z`);

describe("strongest", () => {
  it("prefers what the person wanted, then what was there first", () => {
    const matches = [
      { reason: "customer", createdAt: at("2026-01-01") },
      { reason: "opted_out", createdAt: at("2026-02-02") },
      { reason: "opted_out", createdAt: at("2026-02-01") },
    ] as const;
    expect(strongest(matches)).toBe(matches[2]);
    expect(strongest([])).toBeNull();
  });
});

describe("readPastedValue", () => {
  it.each([
    ["nadia@norvale.example", "address", "nadia@norvale.example"],
    ["*.acme.example", "domain", "acme.example"],
    ["@acme.example", "domain", "acme.example"],
    ["https://www.acme.example/about?x=1", "domain", "acme.example"],
    ["ACME.Example.", "domain", "acme.example"],
    ["https://www.Müller.de/kontakt", "domain", "xn--mller-kva.de"],
    ["*.пример.рф", "domain", "xn--e1afmkfd.xn--p1ai"],
    ["xn--mller-kva.de", "domain", "xn--mller-kva.de"],
    ["müller und söhne", "refused", "müller und söhne"],
    ["co.uk", "refused", "co.uk"],
    ["Nadia Rossi", "refused", "Nadia Rossi"],
    ["a b@x.example", "refused", "a b@x.example"],
    ["-x.example", "refused", "-x.example"],
  ])("reads %s as %s", (raw, kind, value) => {
    expect(readPastedValue(raw, readers)).toMatchObject({ kind, value });
  });
});

describe("splitPasted", () => {
  it("takes the address of each line, whatever else stands there", () => {
    expect(splitPasted('\uFEFFEmail;Name\n"a@x.example";"Ana, B."\r\nacme.example, b@x.example\n\nnonsense')).toEqual([
      "Email",
      "a@x.example",
      "b@x.example",
      "nonsense",
    ]);
  });
});

describe("explainSuppression", () => {
  it("says the rule, since when and until when", () => {
    const match = {
      id: "1",
      kind: "domain",
      value: "norvale.example",
      reason: "asked_to_wait",
      createdAt: at("2026-02-02"),
      until: at("2026-03-01"),
    } as const;
    expect(explainSuppression(match, null, (day) => day.toISOString().slice(0, 10))).toBe(
      "No. Everybody at norvale.example and its sub-domains: it asked to wait, since 2026-02-02, until 2026-03-01.",
    );
  });
});
