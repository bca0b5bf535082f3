const queues = new Map<string, Promise<unknown>>();

/**
 * One after the other per key, within this process: a rush on one host waits here, in memory, instead of each waiting inside a
 * transaction with a connection of the pool in its hands. Across processes the lock and the exclusion constraint hold.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => undefined);
  queues.set(key, settled);
  try {
    return await mine;
  } finally {
    if (queues.get(key) === settled) queues.delete(key);
  }
}
