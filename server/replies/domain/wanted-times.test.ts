import { describe, expect, it } from "vitest";
import { wantedTimes } from "./wanted-times.ts";

describe("wantedTimes", () => {
  it.each([
    ["Tuesday at 3 works", ["2026-03-03T15:00"]],
    ["Tuesday 3 March at 10:00", ["2026-03-03T10:00"]],
    ["Let us talk on Tuesday 3 March at 10:00", ["2026-03-03T10:00"]],
    ["Tuesday 3 March works for me", []],
    ["on Tuesday 3 March, whenever you like", []],
    ["mardi 3 mars à 10h30", ["2026-03-03T10:30"]],
    ["martes 3 de marzo a las 10", ["2026-03-03T10:00"]],
    ["Dienstag 10.30 passt", ["2026-03-03T10:30"]],
  ])("%s", (text, wanted) => {
    const times = wantedTimes(text, "2026-02-24", "UTC");
    expect(times.map((time) => time.toISOString().slice(0, 16))).toEqual(wanted);
  });
});
