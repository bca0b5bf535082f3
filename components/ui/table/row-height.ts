"use client";
import { useSyncExternalStore } from "react";

const KEY = "leadwright.rows";
const HEIGHTS = { compact: 36, comfortable: 44 } as const;
export type RowHeight = keyof typeof HEIGHTS;
const listeners = new Set<() => void>();

/** How high rows are, for every list of this browser. Compact on the server, so the first paint is the common one. */
export function useRowHeight(): { name: RowHeight; px: number; set: (name: RowHeight) => void } {
  const name = useSyncExternalStore(subscribe, read, () => "compact" as const);
  return { name, px: HEIGHTS[name], set };
}

function read(): RowHeight {
  try {
    return localStorage.getItem(KEY) === "comfortable" ? "comfortable" : "compact";
  } catch {
    return "compact";
  }
}

function set(name: RowHeight): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // A browser that keeps nothing shows compact rows.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
