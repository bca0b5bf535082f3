import fc from "fast-check";
import { expect, test } from "vitest";
import { gather } from "./gather.ts";

const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("every call gets its own answer, whatever comes together", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }), async (delays) => {
      const groups: number[][] = [];
      const ask = gather<number, string>(async (inputs) => {
        groups.push([...inputs]);
        await settled(1);
        return inputs.map((input) => `answer ${input}`);
      });
      const answers = await Promise.all(delays.map((delay, index) => settled(delay).then(() => ask(index))));
      expect(answers).toEqual(delays.map((_, index) => `answer ${index}`));
      expect(groups.flat().toSorted((a, b) => a - b)).toEqual(delays.map((_, index) => index));
    }),
    { numRuns: 25 },
  );
});

test("one group at a time; what waits meanwhile is one group", async () => {
  let [running, most]: [number, number] = [0, 0];
  const sizes: number[] = [];
  const ask = gather<number, number>(async (inputs) => {
    running += 1;
    most = Math.max(most, running);
    sizes.push(inputs.length);
    await settled(5);
    running -= 1;
    return inputs;
  });
  const first = ask(0);
  await settled(1);
  await Promise.all([first, ...Array.from({ length: 9 }, (_, index) => ask(index + 1))]);
  expect(most).toBe(1);
  expect(sizes).toEqual([1, 9]);
});

test("one that fails does not take its group with it", async () => {
  const ask = gather<number, number>(async (inputs) => {
    if (inputs.includes(3)) throw new Error("three");
    return inputs;
  });
  const results = await Promise.allSettled([1, 2, 3, 4].map(ask));
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
});

test("a group that is not whole waits for more, and no longer than that", async () => {
  const sizes: number[] = [];
  const ask = gather<number, number>(
    async (inputs) => {
      sizes.push(inputs.length);
      return inputs;
    },
    { isWhole: (inputs) => inputs.length >= 3, patienceMs: 3_600_000 },
  );
  await Promise.all([ask(1), settled(5).then(() => ask(2)), settled(10).then(() => ask(3))]);
  expect(sizes).toEqual([3]);
});

test("a group that never gets whole goes when its patience ends, and not before", async () => {
  const ask = gather<number, number>(async (inputs) => inputs, { isWhole: () => false, patienceMs: 40 });
  const began = performance.now();
  expect(await ask(4)).toBe(4);
  expect(performance.now() - began).toBeGreaterThan(35);
});
