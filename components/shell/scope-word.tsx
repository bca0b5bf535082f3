"use client";
import { useFrame } from "./use-frame";

/** Whose work this list holds, where that is not everybody's. */
export function ScopeWord() {
  const { sees } = useFrame();
  if (sees === null) return null;
  return <span className="shrink-0 text-base text-muted">· {sees === "own" ? "mine" : "my team"}</span>;
}
