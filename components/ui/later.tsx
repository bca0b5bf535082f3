"use client";
import { type ComponentType, createElement, useEffect, useRef, useState } from "react";

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

export type Demanded<Part> = { part: Part | null; fetch: () => Promise<void> };

/** Something that is fetched once somebody touches the page, or when `usePart` first wants it. */
export function onDemand<Part extends object>(load: () => Promise<Part>): Demanded<Part> {
  const demanded: Demanded<Part> = {
    part: null,
    async fetch() {
      demanded.part ??= await load();
    },
  };
  onFirstTouch(() => void demanded.fetch().catch(() => undefined));
  return demanded;
}

/** The part once it is wanted and has come; null until then. */
export function usePart<Part extends object>(demanded: Demanded<Part>, wanted: boolean): Part | null {
  const [, setState] = useState(0);
  useEffect(() => {
    if (!wanted || demanded.part) return;
    let isGone = false;
    demanded.fetch().then(
      () => !isGone && setState((count) => count + 1),
      // Thrown in a render, so that the page says that it could not be read.
      (error: unknown) =>
        setState(() => {
          throw error;
        }),
    );
    return () => {
      isGone = true;
    };
  }, [demanded, wanted]);
  return demanded.part;
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
    const isShown = isOpen(props);
    const wasShown = useRef(false);
    if (isShown) wasShown.current = true;
    const loaded = usePart(demanded, isShown);
    return loaded && wasShown.current ? createElement(loaded.Part, props) : null;
  };
}
