"use client";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says it when this computer lost its connection, and vanishes by itself. */
export function ConnectionLine() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (isOnline) return null;
  return (
    <div role="status" className="bg-attention-soft px-6 py-1.5 text-sm text-attention phone:px-4">
      This computer is offline. Nothing was lost; what you see may be old.
    </div>
  );
}
