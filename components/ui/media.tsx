"use client";
import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 767px)";

/** True on a phone. False on the server, so the first paint is the desktop's. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
}

/** For effects that run right after the first paint, before `useIsPhone` has its answer. */
export function isPhoneNow(): boolean {
  return window.matchMedia(PHONE).matches;
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
