"use client";
import { useCallback, useEffect, useState } from "react";
import type { KeyBinding } from "../keys/key-store";
import { useKeys } from "../keys/use-keys";
import type { RowAction } from "./column";

type Input = {
  ids: readonly string[];
  /** Brings the row into the window and focuses it. */
  reveal: (index: number) => void;
  onOpen: ((id: string) => void) | undefined;
  onTogglePanel: ((id: string) => void) | undefined;
  onToggleSelected: ((id: string) => void) | undefined;
  onSelectRange: ((fromId: string, toId: string) => void) | undefined;
  onWhy: ((id: string) => void) | undefined;
  onMenu: ((id: string) => void) | undefined;
  actions: (id: string) => readonly RowAction[];
  onClear: (() => void) | undefined;
};

/** One focused row. J and K move it, X selects, Space opens the panel, Enter the record, `.` its verbs, W its reasons. */
export function useRowKeys(input: Input) {
  const { ids, reveal } = input;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const at = focusedId === null ? -1 : ids.indexOf(focusedId);

  const move = useCallback(
    (to: number) => {
      const index = Math.max(0, Math.min(ids.length - 1, to));
      const id = ids[index];
      if (id === undefined) return;
      setFocusedId(id);
      reveal(index);
    },
    [ids, reveal],
  );

  // A row that left the list (done, deleted) gives its focus to the one that took its place.
  const [lastAt, setLastAt] = useState(-1);
  useEffect(() => {
    if (at >= 0) setLastAt(at);
    else if (focusedId !== null && lastAt >= 0 && ids.length > 0) setFocusedId(ids[Math.min(lastAt, ids.length - 1)] ?? null);
  }, [at, focusedId, lastAt, ids]);

  const onFocused = (run: ((id: string) => void) | undefined) => () => {
    if (focusedId !== null && at >= 0) run?.(focusedId);
  };
  const bindings: KeyBinding[] = [
    { keys: "j", label: "Next", group: "Lists", run: () => move(at + 1) },
    { keys: "arrowdown", label: "Next", group: "Lists", listed: false, run: () => move(at + 1) },
    { keys: "k", label: "Previous", group: "Lists", run: () => move(at < 0 ? 0 : at - 1) },
    { keys: "arrowup", label: "Previous", group: "Lists", listed: false, run: () => move(at < 0 ? 0 : at - 1) },
  ];
  if (input.onOpen) bindings.push({ keys: "enter", label: "Open in full", group: "Lists", run: onFocused(input.onOpen) });
  if (input.onTogglePanel)
    bindings.push({ keys: "space", label: "Open beside the list", group: "Lists", run: onFocused(input.onTogglePanel) });
  if (input.onToggleSelected) {
    bindings.push({ keys: "x", label: "Select", group: "Lists", run: onFocused(input.onToggleSelected) });
    bindings.push({
      keys: "shift+x",
      label: "Select a range",
      group: "Lists",
      run: () => {
        const next = ids[Math.min(ids.length - 1, at + 1)];
        if (focusedId === null || next === undefined) return;
        input.onSelectRange?.(focusedId, next);
        move(at + 1);
      },
    });
  }
  if (input.onWhy) bindings.push({ keys: "w", label: "Why", group: "Lists", run: onFocused(input.onWhy) });
  if (input.onMenu) bindings.push({ keys: ".", label: "All verbs of the row", group: "Lists", run: onFocused(input.onMenu) });
  if (input.onClear) bindings.push({ keys: "escape", label: "Clear", group: "Lists", listed: false, run: input.onClear });
  useKeys(bindings, { enabled: ids.length > 0 });

  const verbs = focusedId !== null && at >= 0 ? input.actions(focusedId) : [];
  useKeys(
    verbs.flatMap((verb) => (verb.onSelect ? [{ keys: verb.hotkey ?? "", label: verb.label, group: "This row", run: verb.onSelect }] : [])),
  );

  return { focusedId, setFocusedId };
}
