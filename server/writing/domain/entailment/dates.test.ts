import { describe, expect, it } from "vitest";
import { resolveRelative } from "./dates.ts";

describe("resolveRelative", () => {
  it.each([
    ["last march", ["month:3", "year:2026"]],
    ["last dec", ["month:12", "year:2025"]],
    ["past sept", ["month:9", "year:2026"]],
    // No month, though it begins like one.
    ["last decade", null],
    ["last monday", null],
  ])("%s", (words, atoms) => {
    expect(resolveRelative(words, new Date("2026-11-02T09:00:00Z"))).toEqual(atoms);
  });
});
