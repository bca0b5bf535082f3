import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { guessMapping } from "./guess-mapping.ts";
import { sniffFile } from "./sniff-file.ts";

const bytes = (text: string, encoding = "utf-8", bom = false) => new Uint8Array(iconv.encode(text, encoding, { addBOM: bom }));

describe("sniffFile", () => {
  it.each([
    ["utf-8", false, "utf-8"],
    ["utf-8", true, "utf-8"],
    ["utf-16le", true, "utf-16le"],
    ["utf-16be", true, "utf-16be"],
    ["utf-16le", false, "utf-16le"],
    ["windows-1252", false, "windows-1252"],
  ])("reads %s (BOM: %s)", (encoding, bom, expected) => {
    const shape = sniffFile(
      bytes("Nome;Città;E-mail\nNadia Rossi;Forlì;nadia@norvale.example\nJosé;Málaga;jose@tessar.example\n", encoding, bom),
      true,
    );
    expect(shape).toMatchObject({ encoding: expected, hasBom: bom, delimiter: ";", headings: ["Nome", "Città", "E-mail"] });
    expect(shape.sample[0]).toEqual(["Nadia Rossi", "Forlì", "nadia@norvale.example"]);
  });

  it.each([",", ";", "\t", "|"])("finds %j although other marks stand in the cells", (delimiter) => {
    const row = (...cells: string[]) => cells.map((cell) => `"${cell}"`).join(delimiter);
    const text = [
      row("Name", "Note", "Email"),
      row("Rossi, Nadia", "a;b;c|d,e", "n@norvale.example"),
      row("Park, Otis", "x,y", "o@oakum.example"),
    ].join("\n");
    expect(sniffFile(bytes(text), true)).toMatchObject({ delimiter, headings: ["Name", "Note", "Email"] });
  });

  it("sees a file without headings", () => {
    const shape = sniffFile(bytes("Nadia Rossi,nadia@norvale.example\nOtis Park,otis@oakum.example\n"), true);
    expect(shape).toMatchObject({ hasHeadings: false, headings: ["Column 1", "Column 2"] });
    expect(guessMapping(shape).map((column) => column.becomes)).toEqual(["custom", "email"]);
  });

  it.each(["Name,Email,2024", "E-mail;2023;2024", "Full name\t100000"])("sees the headings %j, of which some are numbers", (line) => {
    expect(sniffFile(bytes(`${line}\n`), true)).toMatchObject({ hasHeadings: true, headings: line.split(/[,;\t]/) });
  });

  it.each(["Nadia,Norvale,120", "2023,2024", "Norvale,5"])("takes %j for values", (line) => {
    expect(sniffFile(bytes(`${line}\n`), true).hasHeadings).toBe(false);
  });

  it("keeps quoted line breaks in one row and tells repeated headings apart", () => {
    const shape = sniffFile(bytes('Name,Note,Note\n"Nadia","two\nlines","say ""hi"""\n'), true);
    expect(shape.headings).toEqual(["Name", "Note", "Note (2)"]);
    expect(shape.sample).toEqual([["Nadia", "two\nlines", 'say "hi"']]);
  });

  it("takes one column for what it is", () => {
    expect(sniffFile(bytes("Email\nnadia@norvale.example\n"), true)).toMatchObject({
      headings: ["Email"],
      sample: [["nadia@norvale.example"]],
    });
  });
});

describe("guessMapping", () => {
  const guess = (...headings: string[]) =>
    guessMapping({ headings, hasHeadings: true, sample: [headings.map(() => "x")] }).map((column) => column.becomes);

  it.each([
    [
      ["Nome", "Azienda", "Ruolo", "Custom 7"],
      ["fullName", "company", "title", "custom"],
    ],
    [
      ["First Name", "Last Name", "Title", "Company", "Email", "# Employees", "Industry", "Country", "Website"],
      ["firstName", "lastName", "title", "company", "email", "employees", "industry", "country", "companyDomain"],
    ],
    [
      ["FirstName", "LastName", "Email", "HasOptedOutOfEmail", "Account Name", "Last Activity Date"],
      ["firstName", "lastName", "email", "optOut", "company", "lastContacted"],
    ],
    [
      ["Vorname", "Nachname", "E-Mail-Adresse", "Firma", "Mitarbeiterzahl"],
      ["firstName", "lastName", "email", "company", "employees"],
    ],
    [
      ["Prénom", "Nom", "Courriel", "Société", "Fonction"],
      ["firstName", "lastName", "email", "company", "title"],
    ],
    [
      ["Nome", "Cognome", "Ragione sociale"],
      ["firstName", "lastName", "company"],
    ],
    [
      ["Email", "Work Email"],
      ["email", "custom"],
    ],
    [
      ["Unsubscribed from all email", "Time Zone", "Last Contacted"],
      ["optOut", "timeZone", "lastContacted"],
    ],
  ])("knows %j", (headings, becomes) => expect(guess(...headings)).toEqual(becomes));

  it("keeps everything else as typed fields with keys of their own", () => {
    const headings = ["Email", ...Array.from({ length: 120 }, (_, index) => `Custom ${index}`), "Renewal", "Custom-0"];
    const sample = [["n@norvale.example", ...Array.from({ length: 120 }, () => "12"), "2026-03-01", "x"]];
    const mapping = guessMapping({ headings, hasHeadings: true, sample });
    expect(mapping[1]).toMatchObject({ becomes: "custom", key: "custom_0", type: "number" });
    expect(mapping.at(-2)).toMatchObject({ type: "date" });
    const keys = mapping.flatMap((column) => column.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
