"use client";
import { useEffect, useSyncExternalStore } from "react";
import { missingParts } from "./later";

const AGAIN_MS = 5_000;

/** Says that a sheet, a menu or a chart has not come, and tries it again. What stands on the page is left alone. */
export function MissingParts() {
  const isMissing = useSyncExternalStore(missingParts.subscribe, missingParts.any, () => false);
  useEffect(() => {
    if (!isMissing) return;
    const again = () => void missingParts.tryAgain();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
    };
  }, [isMissing]);
  if (!isMissing) return null;
  return (
    <div
      role="alert"
      className="fixed inset-x-4 bottom-4 phone:bottom-32 z-50 mx-auto flex max-w-xl items-center gap-3 rounded-panel border border-line bg-attention-soft px-3 py-2 text-sm text-attention shadow-float"
    >
      <span className="min-w-0 flex-1">
        A part of this page has not come yet and is tried again. If Leadwright was just updated, reload; what you typed is lost then.
      </span>
      <button type="button" className="min-h-6 shrink-0 font-medium underline" onClick={() => location.reload()}>
        Reload
      </button>
    </div>
  );
}
