import type { ProfileInput } from "../schema.ts";

/**
 * What a new workspace starts with: senior people who decide about money in companies big enough to need us.
 * Meant to be edited; every number is on the Scoring page.
 */
export const defaultProfile: ProfileInput = {
  rules: [
    {
      id: "finance-leader",
      label: "Title is finance leader",
      when: [
        { fact: "function", in: ["finance"] },
        { fact: "seniority", in: ["executive", "vp", "director"] },
      ],
      effect: 40,
    },
    {
      id: "finance-manager",
      label: "Title is finance manager",
      when: [
        { fact: "function", in: ["finance"] },
        { fact: "seniority", in: ["manager"] },
      ],
      effect: 30,
    },
    {
      id: "runs-the-company",
      label: "Runs the company",
      when: [
        { fact: "function", in: ["general"] },
        { fact: "seniority", in: ["executive"] },
      ],
      effect: 25,
    },
    {
      id: "other-leader",
      label: "Leads another department",
      when: [
        { fact: "function", in: ["operations", "sales", "marketing", "it", "engineering", "people", "legal", "product"] },
        { fact: "seniority", in: ["executive", "vp", "director"] },
      ],
      effect: 10,
    },
    { id: "size-fits", label: "50 to 2,000 people", when: [{ fact: "employees", min: 50, max: 2_000 }], effect: 25 },
    { id: "size-small", label: "20 to 49 people", when: [{ fact: "employees", min: 20, max: 49 }], effect: 10 },
    { id: "size-tiny", label: "Fewer than 20 people", when: [{ fact: "employees", max: 19 }], effect: -20 },
    {
      id: "industry-fits",
      label: "Industry with many entities",
      when: [
        {
          fact: "industry",
          in: [
            "manufacturing",
            "wholesale",
            "retail",
            "logistics",
            "software",
            "hospitality",
            "construction",
            "energy",
            "food",
            "pharma",
            "machinery",
          ],
        },
      ],
      effect: 10,
    },
    {
      id: "country-served",
      label: "Country that we serve",
      when: [
        {
          fact: "country",
          in: [
            "IT",
            "PT",
            "ES",
            "FR",
            "DE",
            "AT",
            "CH",
            "GB",
            "IE",
            "NL",
            "BE",
            "LU",
            "DK",
            "NO",
            "SE",
            "FI",
            "PL",
            "CZ",
            "BG",
            "RO",
            "GR",
            "US",
            "CA",
          ],
        },
      ],
      effect: 15,
    },
    {
      id: "student",
      label: "Student or intern",
      when: [
        {
          fact: "keyword",
          field: "title",
          anyOf: ["intern", "internship", "student", "trainee", "stagiaire", "praktikant", "werkstudent"],
        },
      ],
      effect: "never",
    },
  ],
  thresholds: { A: 70, B: 50, C: 35, D: 20, E: 1 },
};
