"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

type Reading = { now: Date; zone: string };

const ClockContext = createContext<Reading>({ now: new Date(0), zone: "UTC" });
const TICK_MS = 30_000;

/**
 * The workspace's time and the reader's zone for everything that shows a date. A live workspace's clock runs on; a pretend one stands
 * still until it is moved.
 */
export function ClockProvider({ now, zone, running, children }: { now: Date; zone: string; running: boolean; children: ReactNode }) {
  const [reading, setReading] = useState(now);
  useEffect(() => {
    setReading(now);
    if (!running) return;
    const started = performance.now();
    const timer = setInterval(() => setReading(new Date(now.getTime() + performance.now() - started)), TICK_MS);
    return () => clearInterval(timer);
  }, [now, running]);
  return <ClockContext.Provider value={{ now: reading, zone }}>{children}</ClockContext.Provider>;
}

/** The workspace's now and the reader's zone. Never `new Date()` on a page. */
export function useClock(): Reading {
  return useContext(ClockContext);
}
