import { describe, expect, it } from "vitest";
import { pickFacts, type Said } from "./pick-facts.ts";

const day = (date: string) => new Date(`${date}T00:00:00Z`);
const said = (source: string, at: string, value: string, confidence?: number): Said => ({
  observationId: `${source}-${at}`,
  source,
  sourceRef: null,
  setById: null,
  fetchedAt: day(at),
  fields: { title: { value, ...(confidence !== undefined && { confidence }) } },
});
const winner = (...all: Said[]) => pickFacts(all)[0]?.winner.value;

describe("pickFacts", () => {
  it("takes the fresher of two equally sure sources, and the surer before the fresher", () => {
    expect(winner(said("import", "2026-01-01", "CFO"), said("website", "2026-02-01", "COO"))).toBe("COO");
    expect(winner(said("import", "2026-01-01", "CFO"), said("website", "2026-02-01", "COO", 0.4))).toBe("CFO");
  });

  it("takes a person's word over any machine, and the later of two", () => {
    expect(winner(said("person", "2026-01-01", "CFO"), said("website", "2026-03-01", "COO", 1))).toBe("CFO");
    expect(winner(said("person", "2026-01-01", "CFO"), said("person", "2026-01-02", "CEO"))).toBe("CEO");
  });

  it("counts a disagreement, not a repetition", () => {
    const [fact] = pickFacts([
      said("import", "2026-01-01", "cfo "),
      said("website", "2026-02-01", "CFO"),
      said("registry", "2026-01-15", "Controller"),
    ]);
    expect(fact?.winner.value).toBe("CFO");
    expect(fact?.others.map((other) => other.value)).toEqual(["Controller"]);
  });

  it("does not depend on the order in which observations are read", () => {
    const all = [said("import", "2026-01-01", "A"), said("person", "2026-01-03", "B"), said("website", "2026-01-02", "C", 0.9)];
    expect(pickFacts(all)).toEqual(pickFacts([...all].reverse()));
  });
});
