import { describe, expect, it } from "vitest";
import { judgeHealth } from "./judge-health.ts";

const well = {
  kind: "embedded" as const,
  workers: 1,
  lagMs: 0,
  failedInADay: 0,
  freeBytes: 1e11,
  pulse: null,
  here: new Date("2026-03-02T12:00:00Z"),
};
const ids = (change: Partial<Parameters<typeof judgeHealth>[0]>) =>
  judgeHealth({ ...well, ...change }).map(({ id, isBad }) => `${id}${isBad ? " bad" : ""}`);

describe("the health of an instance", () => {
  it("says nothing when all is well", () => {
    expect(ids({})).toEqual([]);
    expect(ids({ freeBytes: null })).toEqual([]);
    expect(ids({ kind: "inngest", workers: 0 })).toEqual([]);
  });
  it("names what is wrong, the worst first", () => {
    expect(ids({ workers: 0 })).toEqual(["worker bad"]);
    expect(ids({ freeBytes: 4e9 })).toEqual(["disk"]);
    expect(ids({ failedInADay: 2, freeBytes: 1e8, lagMs: 120_000 })).toEqual(["disk bad", "lag", "failed"]);
    expect(judgeHealth({ ...well, freeBytes: 0 })[0]?.sentence).toMatch(/^The disk of the data folder is full/);
    expect(ids({ lagMs: 3_600_000 })).toEqual(["lag bad"]);
  });
});
