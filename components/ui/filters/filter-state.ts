import { createLoader, type inferParserType, parseAsArrayOf, parseAsBoolean, parseAsString } from "nuqs/server";

type Choice = { value: string; label: string; detail?: string };

/** A filter of a list. Its state lives in the address under `key`. */
export type Filter = { key: string; label: string } & (
  | { kind: "one" | "many"; options: readonly Choice[] }
  | { kind: "flag" /** "Not in a campaign" */; text?: string }
);

export type FilterValues = Record<string, string | string[] | boolean | null>;

/** The parsers of these filters, the search (`q`) and the sort (`sort`): the same on the server and in the browser. */
export function filterParsers(filters: readonly Filter[]) {
  const parsers: Record<string, typeof parseAsString | typeof parseAsBoolean | ReturnType<typeof parseAsArrayOf<string>>> = {
    q: parseAsString,
    sort: parseAsString,
  };
  for (const filter of filters) {
    parsers[filter.key] = filter.kind === "flag" ? parseAsBoolean : filter.kind === "many" ? parseAsArrayOf(parseAsString) : parseAsString;
  }
  return parsers;
}

/** For a page that prefetches: the filter values of its address. */
export async function loadFilters(
  filters: readonly Filter[],
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<FilterValues> {
  const values: inferParserType<ReturnType<typeof filterParsers>> = await createLoader(filterParsers(filters))(searchParams);
  return values as FilterValues;
}
