/** A number from 0 up to (not including) `below`, always the same for the same words: the dice of the planner. */
export function seededBelow(seed: string, below: number): number {
  if (below <= 1) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  // One more stir: without it, seeds that differ in the last letter give neighbours.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x45d9f3b);
  hash ^= hash >>> 16;
  return (hash >>> 0) % below;
}
