"use client";
import { useCallback, useEffect, useState } from "react";
import { onDemand, usePart } from "./later";
import { once } from "./once";

type Shelf = typeof import("./toast-shelf");

const toastShelf = onDemand(() => import("./toast-shelf"));
/** What was said before there was anything to show it on. */
const waiting: ((shelf: Shelf) => void)[] = [];
let shelf: Shelf | null = null;
let wake: () => void = () => {};

export function Toaster() {
  const [isWanted, setWanted] = useState(false);
  const loaded = usePart(toastShelf, isWanted);
  useEffect(() => {
    wake = () => setWanted(true);
    if (waiting.length > 0) wake();
    return () => {
      wake = () => {};
    };
  }, []);
  const onReady = useCallback(() => {
    shelf = loaded;
    if (loaded) for (const each of waiting.splice(0)) each(loaded);
  }, [loaded]);
  return loaded && isWanted ? <loaded.ToastShelf onReady={onReady} /> : null;
}

function onShelf(show: (shelf: Shelf) => void) {
  if (shelf) return show(shelf);
  waiting.push(show);
  wake();
}

const UNDO_MS = 10_000;
const PLAIN_MS = 4_000;
let lastUndo: (() => void) | null = null;

/**
 * Says in the past tense what was just done: "Added 38 people to Spring finance." With `undo` it offers Undo for ten seconds,
 * and the key Z does the same. Errors are never toasts: they stand where the problem is. That of an Undo stands here, where it was pressed: the
 * page that did it may be gone.
 */
export function showDone(sentence: string, undo?: () => Promise<unknown>): void {
  if (!undo) {
    onShelf(({ say }) => say(sentence, { duration: PLAIN_MS, onGone: () => {} }));
    return;
  }
  let takeAway = () => {};
  const forget = () => {
    if (lastUndo === run) lastUndo = null;
  };
  // The button fades for a while, and can be pressed again meanwhile.
  const run = once(
    () => {
      forget();
      takeAway();
      return undo();
    },
    (error) => onShelf(({ sayRefused }) => sayRefused(error)),
  );
  lastUndo = run;
  onShelf(({ say }) => {
    takeAway = say(sentence, { duration: UNDO_MS, action: { label: "Undo", onClick: run }, onGone: forget });
  });
}

/** Takes back the last act that offered it. False when there is nothing to take back. */
export function undoLast(): boolean {
  if (!lastUndo) return false;
  lastUndo();
  return true;
}
