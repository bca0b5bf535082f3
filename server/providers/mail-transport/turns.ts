/** At most so many at once per key; the rest wait their turn, first come first served. */
export function createTurns(most: number): { take: (key: string) => Promise<void>; giveBack: (key: string) => void } {
  const taken = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  return {
    async take(key) {
      const count = taken.get(key) ?? 0;
      if (count < most) {
        taken.set(key, count + 1);
        return;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(key, [...(waiting.get(key) ?? []), resolve]);
      await promise;
    },
    giveBack(key) {
      const [next, ...rest] = waiting.get(key) ?? [];
      if (next) {
        waiting.set(key, rest);
        // The turn passes on without becoming free in between.
        next();
        return;
      }
      const left = (taken.get(key) ?? 1) - 1;
      if (left > 0) taken.set(key, left);
      else taken.delete(key);
    },
  };
}
