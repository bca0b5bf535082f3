"use client";
import { useMemo, useState } from "react";
import { holdRows } from "./hold-rows";

type Held = { key: string; ids: string; order: string[]; held: number };

/** The rows as they stood, with what is new waiting. Another `key` (filter, sort) is another list; without one nothing is held. */
export function useHeldRows<Row>(rows: readonly Row[], rowId: (row: Row) => string, key: string | undefined) {
  const [state, setState] = useState<Held>({ key: key ?? "", ids: "", order: [], held: 0 });
  const fresh = useMemo(() => rows.map(rowId), [rows, rowId]);
  const ids = fresh.join();
  let now = state;
  if (key !== undefined && (state.key !== key || state.ids !== ids)) {
    now = { key, ids, ...holdRows(state.key === key ? state.order : [], fresh) };
    setState(now);
  }
  const shown = useMemo(() => {
    if (key === undefined) return rows;
    const byId = new Map(rows.map((row) => [rowId(row), row]));
    return now.order.flatMap((id) => byId.get(id) ?? []);
  }, [rows, rowId, key, now.order]);
  return {
    rows: shown,
    held: key === undefined ? 0 : now.held,
    show: () => setState({ ...now, order: fresh, held: 0 }),
  };
}
