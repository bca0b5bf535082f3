/** A die thrown from words: the same words give the same number between 0 and 1. (FNV-1a, then an integer hash.) */
export function seededShare(...words: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of words.join("\n")) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

export function seededInt(low: number, high: number, ...words: (string | number)[]): number {
  return low + Math.floor(seededShare(...words) * (high - low + 1));
}

export function seededPick<T>(items: readonly [T, ...T[]], ...words: (string | number)[]): T {
  return items[Math.floor(seededShare(...words) * items.length)] ?? items[0];
}
