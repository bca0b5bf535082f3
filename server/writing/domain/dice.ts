/** FNV-1a: the same words always give the same number. */
function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  // One round of mixing, so that seeds which differ in the last letter only land far apart.
  value ^= value >>> 16;
  value = Math.imul(value, 2246822507);
  return (value ^ (value >>> 13)) >>> 0;
}

/** One of the options, decided by the seed. `undefined` only when there are none. */
export function choose<T>(seed: string, options: readonly T[]): T | undefined {
  return options[hash(seed) % Math.max(1, options.length)];
}
