import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jobFunctions, seniorities } from "#server/leads/constants.ts";
import { type ProfileInput, profileInput } from "../schema.ts";
import { defaultProfile } from "./default-profile.ts";
import { gradeOf, type LeadFacts, scoreLead, whatWouldRaise } from "./score-lead.ts";

const unknown: LeadFacts = {
  title: null,
  seniority: null,
  function: null,
  country: null,
  company: null,
  domain: null,
  employees: null,
  industry: null,
};
const cfo: LeadFacts = {
  ...unknown,
  title: "CFO",
  seniority: "executive",
  function: "finance",
  country: "IT",
  company: "Norvale",
  employees: 240,
};

const facts: fc.Arbitrary<LeadFacts> = fc.record({
  title: fc.option(fc.constantFrom("CFO", "Intern", "Head of Sales"), { nil: null }),
  seniority: fc.option(fc.constantFrom(...seniorities), { nil: null }),
  function: fc.option(fc.constantFrom(...jobFunctions), { nil: null }),
  country: fc.option(fc.constantFrom("IT", "US", "BR"), { nil: null }),
  company: fc.option(fc.string(), { nil: null }),
  domain: fc.option(fc.constantFrom("norvale.example", "tessar.example"), { nil: null }),
  employees: fc.option(fc.nat(5_000), { nil: null }),
  industry: fc.option(fc.constantFrom("Software", "Retail", "Farming"), { nil: null }),
});
const profile: fc.Arbitrary<ProfileInput> = fc
  .array(
    fc.record({
      when: fc.oneof(
        fc.constantFrom(...seniorities).map((seniority) => [{ fact: "seniority" as const, in: [seniority] }]),
        fc.nat(3_000).map((min) => [{ fact: "employees" as const, min }]),
        fc.constantFrom("software", "retail").map((word) => [{ fact: "industry" as const, in: [word] }]),
      ),
      effect: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: -100, max: 100 }) },
        { weight: 1, arbitrary: fc.constant("never" as const) },
      ),
    }),
    { maxLength: 12 },
  )
  .map((rules) => ({
    rules: rules.map((rule, index) => ({ id: `r${index}`, label: `Rule ${index}`, ...rule })),
    thresholds: defaultProfile.thresholds,
  }));

describe("scoreLead", () => {
  it("has a valid default profile that makes a finance chief an A", () => {
    expect(profileInput.safeParse(defaultProfile).success).toBe(true);
    expect(scoreLead(cfo, defaultProfile)).toMatchObject({ value: 80, grade: "A" });
    expect(scoreLead(cfo, defaultProfile).contributions.map(({ rule, points }) => `${rule} ${points}`)).toEqual([
      "finance-leader 40",
      "size-fits 25",
      "country-served 15",
    ]);
  });

  it("gives nothing for what is not known", () => {
    expect(scoreLead(unknown, defaultProfile)).toEqual({ value: 0, grade: "F", contributions: [] });
  });

  it("always sums to the score exactly, between 0 and 100", () => {
    fc.assert(
      fc.property(facts, profile, (given, rules) => {
        const score = scoreLead(given, rules);
        expect(score.contributions.reduce((sum, entry) => sum + entry.points, 0)).toBe(score.value);
        expect(score.value).toBeGreaterThanOrEqual(0);
        expect(score.value).toBeLessThanOrEqual(100);
        expect(scoreLead(given, rules)).toEqual(score);
      }),
    );
  });

  it("says what was cut", () => {
    const rules = (effect: number) => ({
      ...defaultProfile,
      rules: [{ id: "x", label: "X", when: [{ fact: "employees" as const, min: 1 }], effect }],
    });
    expect(scoreLead({ ...unknown, employees: 5 }, rules(-20)).contributions.at(-1)).toMatchObject({ rule: "floor", points: 20 });
    const twice = { ...rules(80), rules: [...rules(80).rules, ...rules(80).rules.map((rule) => ({ ...rule, id: "y" }))] };
    expect(scoreLead({ ...unknown, employees: 5 }, twice)).toMatchObject({ value: 100 });
    expect(scoreLead({ ...unknown, employees: 5 }, twice).contributions.at(-1)).toMatchObject({ rule: "ceiling", points: -60 });
  });

  it("never wins over everything", () => {
    const score = scoreLead({ ...cfo, title: "CFO intern" }, defaultProfile);
    expect(score).toMatchObject({ value: 0, grade: "F" });
    expect(score.contributions.at(-1)).toMatchObject({ rule: "student", points: -80 });
  });

  it.each([
    [100, "A"],
    [70, "A"],
    [69, "B"],
    [50, "B"],
    [49, "C"],
    [35, "C"],
    [34, "D"],
    [20, "D"],
    [19, "E"],
    [1, "E"],
    [0, "F"],
  ])("grades %i as %s", (value, grade) => expect(gradeOf(value, defaultProfile.thresholds)).toBe(grade));

  it.each([
    [49, 0],
    [50, 25],
    [2_000, 25],
    [2_001, 0],
  ])("%i people are worth %i", (employees, points) =>
    expect(
      scoreLead({ ...unknown, employees }, { ...defaultProfile, rules: defaultProfile.rules.filter((rule) => rule.id === "size-fits") })
        .value,
    ).toBe(points),
  );
});

describe("whatWouldRaise", () => {
  it("names the unknown fact first, with the grade that it would bring", () => {
    const raises = whatWouldRaise({ ...cfo, employees: null }, defaultProfile);
    expect(raises[0]).toMatchObject({ rule: "size-fits", because: "unknown", points: 25, grade: "A", fields: ["employees"] });
  });

  it("offers no other rank or field to somebody whose own is worth more", () => {
    expect(whatWouldRaise(cfo, defaultProfile).map((raise) => raise.rule)).toEqual(["industry-fits"]);
    expect(
      whatWouldRaise({ ...unknown, title: "CFO intern", seniority: "executive", function: "finance" }, defaultProfile)[0],
    ).toMatchObject({ rule: "student", because: "holds", points: 40 });
  });

  it("promises only what scoring then gives", () => {
    fc.assert(
      fc.property(facts, profile, (given, rules) => {
        for (const raise of whatWouldRaise(given, rules)) expect(raise.points).toBeGreaterThan(0);
      }),
    );
  });
});
