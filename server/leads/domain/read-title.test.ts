import { describe, expect, it } from "vitest";
import { readTitle } from "./read-title.ts";

describe("readTitle", () => {
  it.each([
    ["CFO", "executive", "finance"],
    ["Chief Financial Officer", "executive", "finance"],
    ["Chief Financial Off.", "executive", "finance"],
    ["Group CFO & COO", "executive", "finance"],
    ["VP Finance", "vp", "finance"],
    ["Vice President of Sales", "vp", "sales"],
    ["SVP, Marketing", "vp", "marketing"],
    ["Head of Finance", "director", "finance"],
    ["Finance Director", "director", "finance"],
    ["Controller", "manager", "finance"],
    ["Financial Controller", "manager", "finance"],
    ["Sales Manager EMEA", "manager", "sales"],
    ["Account Executive", "ic", "sales"],
    ["Software Engineer", "ic", "engineering"],
    ["CTO / Co-Founder", "executive", "engineering"],
    ["CEO", "executive", "general"],
    ["Managing Director", "executive", "general"],
    ["Direttore Finanziario", "director", "finance"],
    ["Amministratore Delegato", "executive", "general"],
    ["Responsabile Amministrazione", "director", "finance"],
    ["Geschäftsführer", "executive", "general"],
    ["Leiterin Controlling", "director", "finance"],
    ["Buchhalterin", "ic", "finance"],
    ["Directrice Générale", "executive", "general"],
    ["Directeur financier", "director", "finance"],
    ["DAF", "executive", "finance"],
    ["Director de Finanzas", "director", "finance"],
    ["Diretor Financeiro", "director", "finance"],
    ["Dyrektor Finansowy", "director", "finance"],
    ["Финансов директор", "director", "finance"],
    ["HR Business Partner", null, "people"],
    ["General Counsel", "director", "legal"],
    ["IT Manager", "manager", "it"],
    ["Head of People", "director", "people"],
    ["Assistant to the CFO", "ic", "finance"],
    ["Former CEO", null, null],
    ["Einkaufsleiter", null, "operations"],
    ["Wizard of light bulb moments", null, null],
    ["", null, null],
  ])("reads %s as %s, %s", (title, seniority, field) => {
    expect(readTitle(title)).toEqual({ seniority, function: field });
  });
});
