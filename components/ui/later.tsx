"use client";
import { type ComponentType, createElement, useEffect, useRef, useSyncExternalStore } from "react";

const TOUCHES = ["pointermove", "pointerdown", "keydown", "touchstart", "wheel"] as const;
const waiting: (() => void)[] = [];

/** Somebody is here: what a press may open is fetched before it is pressed. */
function onFirstTouch(fetchPart: () => void) {
  if (typeof window === "undefined") return;
  waiting.push(fetchPart);
  if (waiting.length > 1) return;
  const begin = () => {
    for (const type of TOUCHES) window.removeEventListener(type, begin, true);
    for (const each of waiting.splice(0)) each();
  };
  for (const type of TOUCHES) window.addEventListener(type, begin, { capture: true, passive: true });
}

export type Demanded<Part> = { part: () => Part | null; subscribe: (listener: () => void) => () => void; fetch: () => Promise<void> };

/** Something that is fetched once somebody touches the page, or when `usePart` first wants it. */
export function onDemand<Part extends object>(load: () => Promise<Part>): Demanded<Part> {
  let part: Part | null = null;
  let fetching: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const demanded: Demanded<Part> = {
    part: () => part,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // Asked for once: the touch that begins and the press that wants it come together, and two loads of one part got in each other's way.
    fetch() {
      fetching ??= load().then(
        (loaded) => {
          part = loaded;
          for (const listener of listeners) listener();
        },
        (error: unknown) => {
          fetching = null;
          throw error;
        },
      );
      return fetching;
    },
  };
  onFirstTouch(() => void demanded.fetch().catch(() => undefined));
  return demanded;
}

/** What was wanted and did not come: the connection went, or an update took the script away. */
const missing = new Set<() => Promise<void>>();
const watching = new Set<() => void>();

function isMissing(fetchPart: () => Promise<void>, missed: boolean) {
  if (missed === missing.has(fetchPart)) return;
  if (missed) missing.add(fetchPart);
  else missing.delete(fetchPart);
  for (const listener of watching) listener();
}

const want = (fetchPart: () => Promise<void>): Promise<void> =>
  fetchPart().then(
    () => isMissing(fetchPart, false),
    () => isMissing(fetchPart, true),
  );

export const missingParts = {
  any: () => missing.size > 0,
  subscribe(listener: () => void) {
    watching.add(listener);
    return () => watching.delete(listener);
  },
  tryAgain: async () => void (await Promise.all([...missing].map(want))),
};

const nothing = () => null;

/**
 * The part once it is wanted and has come; null until then. It is subscribed to, not only waited for: the touch that wants it is often
 * the one that began to fetch it, and it may come between this render and the effect that would wait. One that does not come is said by
 * `MissingParts`, and the page stays as it is.
 */
export function usePart<Part extends object>(demanded: Demanded<Part>, wanted: boolean): Part | null {
  const part = useSyncExternalStore(demanded.subscribe, wanted ? demanded.part : nothing, nothing);
  useEffect(() => {
    if (wanted) void want(demanded.fetch);
  }, [demanded, wanted]);
  return part;
}

/**
 * A component that no first look needs (a sheet, a dialog, the palette): its script is no part of the page's own. With a prop `open`
 * it appears when that is first true, and stays for the way out; `isOpen` says it for those that open by something else.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  isOpen: (props: Props) => boolean = (props) => !("open" in props) || props.open === true,
): ComponentType<Props> {
  const demanded = onDemand(async () => ({ Part: await load() }));
  // biome-ignore lint/correctness/noComponentHookFactories: made once, where a module names its part
  return function Later(props: Props) {
    const wasShown = useRef(false);
    if (isOpen(props)) wasShown.current = true;
    const loaded = usePart(demanded, wasShown.current);
    return loaded && createElement(loaded.Part, props);
  };
}
