"use client";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type Filter, type FilterValues, filterParsers } from "./filter-state";

/** The list's filters, search and sort, read from and written to the address. */
export function useFilters(filters: readonly Filter[]) {
  const parsers = useMemo(() => filterParsers(filters), [filters]);
  const [state, setState] = useQueryStates(parsers, { history: "replace", throttleMs: 200 });
  const values = state as FilterValues;
  const active = filters.filter((filter) => isSet(values[filter.key]));
  const search = typeof values.q === "string" ? values.q : "";

  return {
    values,
    search,
    sort: typeof values.sort === "string" ? values.sort : null,
    active,
    isFiltered: active.length > 0 || search !== "",
    set: (key: string, value: FilterValues[string]) => void setState({ [key]: isSet(value) ? (value as never) : null }),
    setSearch: (text: string) => void setState({ q: text === "" ? null : text }),
    setSort: (sort: string) => void setState({ sort }),
    clear: () => void setState(Object.fromEntries([...filters.map((filter) => filter.key), "q"].map((key) => [key, null]))),
  };
}

export type FilterHandle = ReturnType<typeof useFilters>;

function isSet(value: FilterValues[string] | undefined): boolean {
  return value !== null && value !== undefined && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
}
