/**
 * Rows never jump under the pointer: what is shown keeps its order, what is new before it waits, what comes after it (the next page) is
 * appended. A row that left and came back (undo) stands where it stood.
 */
export function holdRows(order: readonly string[], fresh: readonly string[]): { order: string[]; held: number } {
  const known = new Set(order);
  const last = fresh.findLastIndex((id) => known.has(id));
  if (last < 0) return { order: [...fresh], held: 0 };
  const appended = fresh.slice(last + 1);
  const held = fresh.slice(0, last).filter((id) => !known.has(id)).length;
  return { order: [...order, ...appended], held };
}
