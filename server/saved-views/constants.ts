// What pages need of this noun at once: without zod, so that no page carries it for a list of words.

/** The same filters in the same words, however the address was put together: nothing empty, keys in order. */
export function plainQuery(search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([key, value]) => value !== "" && key !== "ids" && key !== "cursor");
  return new URLSearchParams(kept.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))).toString();
}
