/** What is looked for everywhere when somebody is erased. */
export type ErasureTerms = { addresses: string[]; names: string[]; phones: string[] };

const SHORTEST_NAME = 5;

/** A name of one short word would take words out of other people's texts. */
export function erasureTerms(given: {
  addresses: readonly (string | null)[];
  names: readonly (string | null)[];
  phones: readonly (string | null)[];
}): ErasureTerms {
  const distinct = (values: readonly (string | null)[]) => [...new Set(values.flatMap((value) => (value?.trim() ? [value.trim()] : [])))];
  return {
    addresses: distinct(given.addresses.map((address) => address?.toLowerCase() ?? null)),
    names: distinct(given.names).filter((name) => name.length >= SHORTEST_NAME && /\s/.test(name)),
    phones: distinct(given.phones).filter((phone) => phone.replace(/\D/g, "").length >= 6),
  };
}

/** One pattern, longest first, in the database's regular expressions; null when there is nothing to look for. `json`: as they stand inside JSON. */
export function erasurePattern(terms: ErasureTerms, form: "text" | "json"): string | null {
  const words = [...terms.addresses, ...terms.names, ...terms.phones].toSorted((a, b) => b.length - a.length);
  const written = words.map((word) => (form === "json" ? JSON.stringify(word).slice(1, -1) : word));
  return written.length === 0 ? null : written.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
}
