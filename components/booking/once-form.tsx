"use client";
import { type ReactNode, useEffect, useRef } from "react";

/** Long enough for an answer; then somebody who stopped the page may send it again. */
const AGAIN_MS = 10_000;

/** A plain form that leaves once: of two quick presses the second would be told that the time was just taken, by the first. */
export function OnceForm({ children, className }: { children: ReactNode; className: string }) {
  const leftAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // The way back brings the page as it was, and it may be sent again.
    const again = () => {
      leftAt.current = Number.NEGATIVE_INFINITY;
    };
    window.addEventListener("pageshow", again);
    return () => window.removeEventListener("pageshow", again);
  }, []);
  return (
    <form
      method="post"
      action="/api/book"
      className={className}
      onSubmit={(event) => {
        if (event.timeStamp - leftAt.current < AGAIN_MS) event.preventDefault();
        else leftAt.current = event.timeStamp;
      }}
    >
      {children}
    </form>
  );
}
