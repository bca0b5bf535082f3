"use client";
import { useState } from "react";
import type { Selection } from "./column";

/**
 * Rows chosen by id, so that a choice survives sorting and loading more; or everything that matches the filter `matching`. Under another
 * filter (a saved view, the way back) that choice is over: nobody chose those people.
 */
export function useSelection(ids: readonly string[], total: number | undefined, matching: string | undefined) {
  const [chosenById, setChosenById] = useState<Record<string, true>>({});
  const [chosenFilter, setChosenFilter] = useState<string | null>(null);
  const [anchor, setAnchor] = useState<string | null>(null);
  const allMatching = chosenFilter !== null && chosenFilter === matching;
  if (chosenFilter !== null && !allMatching) setChosenFilter(null);
  const chosen = allMatching ? [...ids] : ids.filter((id) => chosenById[id]);

  const chooseOnly = (list: readonly string[]) => setChosenById(Object.fromEntries(list.map((id) => [id, true as const])));
  const clear = () => {
    setChosenById({});
    setChosenFilter(null);
  };
  const toggle = (id: string) => {
    setChosenFilter(null);
    setAnchor(id);
    chooseOnly(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  };
  const chooseRange = (fromId: string, toId: string) => {
    const [from = 0, to = 0] = [ids.indexOf(fromId), ids.indexOf(toId)].toSorted((a, b) => a - b);
    setChosenFilter(null);
    chooseOnly([...new Set([...chosen, ...ids.slice(Math.max(0, from), to + 1)])]);
  };
  const selection: Selection = { ids: chosen, allMatching, count: allMatching ? (total ?? chosen.length) : chosen.length, clear };

  return {
    selection,
    isChosen: (id: string) => allMatching || chosenById[id] === true,
    toggle,
    chooseRange,
    chooseLoaded: () => chooseOnly(ids),
    chooseAllMatching: () => {
      setChosenById({});
      setChosenFilter(matching ?? null);
    },
    /** A click with Shift goes from the last row that was toggled to this one. */
    click: (id: string, withShift: boolean) => (withShift && anchor !== null ? chooseRange(anchor, id) : toggle(id)),
  };
}
