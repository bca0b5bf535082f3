"use client";
import { useState } from "react";
import type { Selection } from "./column";

/** Rows chosen by id, so that a choice survives sorting and loading more; or everything that matches the filter. */
export function useSelection(ids: readonly string[], total: number | undefined) {
  const [chosenById, setChosenById] = useState<Record<string, true>>({});
  const [allMatching, setAllMatching] = useState(false);
  const [anchor, setAnchor] = useState<string | null>(null);
  const chosen = allMatching ? [...ids] : ids.filter((id) => chosenById[id]);

  const chooseOnly = (list: readonly string[]) => setChosenById(Object.fromEntries(list.map((id) => [id, true as const])));
  const clear = () => {
    setChosenById({});
    setAllMatching(false);
  };
  const toggle = (id: string) => {
    setAllMatching(false);
    setAnchor(id);
    chooseOnly(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  };
  const chooseRange = (fromId: string, toId: string) => {
    const [from = 0, to = 0] = [ids.indexOf(fromId), ids.indexOf(toId)].toSorted((a, b) => a - b);
    setAllMatching(false);
    chooseOnly([...new Set([...chosen, ...ids.slice(Math.max(0, from), to + 1)])]);
  };
  const selection: Selection = { ids: chosen, allMatching, count: allMatching ? (total ?? chosen.length) : chosen.length, clear };

  return {
    selection,
    isChosen: (id: string) => allMatching || chosenById[id] === true,
    toggle,
    chooseRange,
    chooseLoaded: () => chooseOnly(ids),
    chooseAllMatching: () => setAllMatching(true),
    /** A click with Shift goes from the last row that was toggled to this one. */
    click: (id: string, withShift: boolean) => (withShift && anchor !== null ? chooseRange(anchor, id) : toggle(id)),
  };
}
