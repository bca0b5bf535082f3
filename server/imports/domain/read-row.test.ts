import { describe, expect, it } from "vitest";
import { readLead } from "#server/leads/domain/read-lead.ts";
import { guessMapping } from "./guess-mapping.ts";
import { isYes, readSize, rowReader } from "./read-row.ts";

const ANA = "0190f0a0-0000-7000-8000-00000000000a";
function read(record: Record<string, string>) {
  const headings = Object.keys(record);
  const mapping = guessMapping({ headings, hasHeadings: true, sample: [Object.values(record)] });
  return rowReader(mapping, { ownerByEmail: new Map([["ana@acme.example", ANA]]) })(Object.values(record));
}

describe("rowReader", () => {
  it("reads a person, a company and what the file said", () => {
    const result = read({
      Nome: "NADIA ROSSI",
      Azienda: "Norvale S.p.A.",
      Ruolo: "Chief Financial Off.",
      Email: "Nadia@Norvale.example",
      Paese: "Italia",
      Dipendenti: "240",
      Owner: "Ana@acme.example",
      "Custom 7": "12",
    });
    expect(result).toMatchObject({
      ok: true,
      row: {
        email: "nadia@norvale.example",
        lead: {
          fullName: "Nadia Rossi",
          firstName: "Nadia",
          seniority: "executive",
          function: "finance",
          country: "IT",
          timeZone: "Europe/Rome",
          timeZoneSource: "country",
        },
        company: { key: "norvale.example", name: "Norvale S.p.A.", nameForMail: "Norvale", domain: "norvale.example", employees: 240 },
        ownerId: ANA,
        custom: [{ key: "custom_7", number: 12, text: null }],
        saidOfLead: { fullName: "NADIA ROSSI", country: "Italia" },
        saidOfCompany: { name: "Norvale S.p.A.", employees: 240 },
      },
    });
  });

  it("takes the company from the address, not from personal mail", () => {
    expect(read({ Name: "Otis Park", Email: "otis@oakum.example" })).toMatchObject({
      row: { company: { name: "oakum.example", domain: "oakum.example" } },
    });
    expect(read({ Name: "Otis Park", Email: "otis@gmail.com" })).toMatchObject({ row: { company: null } });
    expect(read({ Name: "Otis Park", Email: "otis@gmail.com", Company: "Oakum" })).toMatchObject({
      row: { company: { key: "name:oakum", domain: null } },
    });
  });

  it("refuses a row without a usable address or name, and keeps one with a name only", () => {
    expect(read({ Name: "Otis Park", Email: "otis at oakum" })).toEqual({
      ok: false,
      message: "“otis at oakum” is not an e-mail address.",
    });
    expect(read({ Name: "", Email: "", Company: "Oakum" })).toMatchObject({ ok: false });
    expect(read({ Name: "Otis Park", Email: "" })).toMatchObject({ ok: true, row: { email: null } });
  });

  it("reads what one lead that came another way would be read as", () => {
    const given = {
      "Full name": "DR. OTIS PARK",
      Email: "otis@oakum.example",
      Title: "VP  Finance",
      Phone: "+1 415 555 0100",
      Country: "USA",
      City: "San José",
    };
    const result = read(given);
    const byHand = readLead(
      {
        fullName: given["Full name"],
        email: "otis@oakum.example",
        title: given.Title,
        phone: given.Phone,
        country: given.Country,
        city: given.City,
      },
      { isStated: false },
    );
    expect(result.ok && result.row.lead).toEqual(byHand);
  });

  it("stands rows that are too short and too long", () => {
    const reader = rowReader(guessMapping({ headings: ["Name", "Email", "Note"], hasHeadings: true, sample: [["a", "b", "c"]] }), {
      ownerByEmail: new Map(),
    });
    expect(reader(["Otis Park", "otis@oakum.example"])).toMatchObject({ ok: true, row: { custom: [] } });
    expect(reader(["Otis Park", "otis@oakum.example", "x", "y", "z"])).toMatchObject({
      ok: true,
      row: { custom: [{ key: "note", text: "x" }] },
    });
  });

  it.each([
    ["240", 240],
    ["1,200", 1_200],
    ["1.200", 1_200],
    ["51-200", 51],
    ["10k", 10_000],
    ["1,001-5,000 employees", 1_001],
    ["", null],
    ["many", null],
  ])("reads the size %s as %s", (raw, size) => expect(readSize(raw)).toBe(size));

  it.each([
    ["TRUE", true],
    ["yes", true],
    ["1", true],
    ["2024-02-02", true],
    ["unsubscribed", true],
    ["false", false],
    ["No", false],
    ["", false],
  ])("reads an opt-out of %s as %s", (raw, yes) => expect(isYes(raw)).toBe(yes));
});
