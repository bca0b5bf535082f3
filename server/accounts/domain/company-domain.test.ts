import { describe, expect, it } from "vitest";
import { companyDomain, companyDomainOfAddress } from "./company-domain.ts";

describe("companyDomain", () => {
  it.each([
    ["norvale.example", "norvale.example"],
    ["https://www.norvale.example/about?x=1", "norvale.example"],
    ["WWW.Norvale.Example", "norvale.example"],
    ["shop.norvale.co.uk", "norvale.co.uk"],
    ["http://bücher.example", "xn--bcher-kva.example"],
    ["www.norvale.uk.com", "norvale.uk.com"],
    ["https://norvale.myshopify.com/", "norvale.myshopify.com"],
    ["norvale.github.io", "norvale.github.io"],
    ["uk.com", null],
    ["norvale.wordpress.com", null],
    ["gmail.com", null],
    ["https://www.linkedin.com/company/norvale", null],
    ["10.0.0.1", null],
    ["not a domain", null],
    ["n/a", null],
    ["", null],
  ])("reads %s as %s", (raw, expected) => expect(companyDomain(raw)).toBe(expected));

  it("knows personal mail from an employer's", () => {
    expect(companyDomainOfAddress("nadia@mail.norvale.example")).toBe("norvale.example");
    expect(companyDomainOfAddress("nadia@mail.norvale.uk.com")).toBe("norvale.uk.com");
    expect(companyDomainOfAddress("nadia@gmail.com")).toBeNull();
  });
});
