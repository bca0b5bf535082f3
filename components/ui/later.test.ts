import { expect, it, vi } from "vitest";
import { onDemand } from "./later";

it("loads a part once, however many want it at the same moment, and tells all of them", async () => {
  const { promise, resolve } = Promise.withResolvers<{ name: string }>();
  const load = vi.fn(() => promise);
  const part = onDemand(load);
  const told = vi.fn();
  part.subscribe(told);
  const both = Promise.all([part.fetch(), part.fetch()]);
  expect(part.part()).toBeNull();
  resolve({ name: "sheet" });
  await both;
  await part.fetch();
  expect(part.part()).toEqual({ name: "sheet" });
  expect([load.mock.calls.length, told.mock.calls.length]).toEqual([1, 1]);
});

it("loads it again after it could not be had", async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error("offline")).mockResolvedValueOnce({ name: "sheet" });
  const part = onDemand<{ name: string }>(load);
  await expect(part.fetch()).rejects.toThrow("offline");
  await part.fetch();
  expect(part.part()).toEqual({ name: "sheet" });
});
