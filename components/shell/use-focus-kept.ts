"use client";
import { useEffect } from "react";

/** Long enough for a dialog to give the focus back by itself. */
const SETTLES_MS = 80;
const FOCUSABLE = "a[href],button:not([disabled]),input:not([disabled]),select,textarea,[tabindex]:not([tabindex='-1'])";
/** What a thing is still called when it was drawn anew somewhere else: a row of a list, a card of the board. */
const NAMED = ["data-row", "data-deal", "id"];

/**
 * What had the focus has left the page: a row that was done, a card that moved, a sheet whose opener is gone. The focus goes to the same
 * thing drawn anew, else to what took its place, else to the page; never to nothing. What was only disabled for a while gets it back.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let around: Element[] = [];
    let asleep: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = (event: FocusEvent) => {
      if (!(event.target instanceof HTMLElement) || event.target === document.body) return;
      last = event.target;
      asleep = null;
      around = ancestorsOf(last);
    };
    const look = () => {
      timer = undefined;
      if (!last || last.isConnected || !isNowhere()) return;
      const next = sameAgain([last, ...around]) ?? nearestIn(around) ?? document.querySelector<HTMLElement>("main");
      last = null;
      next?.focus({ preventScroll: true });
    };
    const changed = new MutationObserver(() => {
      if (!last || !isNowhere()) return;
      if (!last.isConnected) timer ??= setTimeout(look, SETTLES_MS);
      else if (last.matches(":disabled")) asleep = last;
      else if (asleep === last) last.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", remember);
    changed.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    return () => {
      document.removeEventListener("focusin", remember);
      changed.disconnect();
      clearTimeout(timer);
    };
  }, []);
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function ancestorsOf(element: Element): Element[] {
  const list: Element[] = [];
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) list.push(each);
  return list;
}

function sameAgain(elements: readonly Element[]): HTMLElement | null {
  for (const element of elements) {
    if (element.isConnected) return null;
    for (const name of NAMED) {
      const value = element.getAttribute(name);
      const found = value ? document.querySelector<HTMLElement>(`[${name}="${CSS.escape(value)}"]`) : null;
      if (found) return found;
    }
  }
  return null;
}

/** The first thing to press in what is left of its surroundings, short of the whole page. */
function nearestIn(around: readonly Element[]): HTMLElement | null {
  for (const element of around) {
    if (element.tagName === "MAIN") return null;
    const found = element.isConnected ? element.querySelector<HTMLElement>(FOCUSABLE) : null;
    if (found) return found;
  }
  return null;
}
