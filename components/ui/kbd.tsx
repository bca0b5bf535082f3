import type { ReactNode } from "react";
import { cx } from "./class-names";

const NAMES: Record<string, string> = {
  mod: "⌘",
  enter: "↵",
  backspace: "⌫",
  escape: "Esc",
  " ": "Space",
  space: "Space",
  arrowdown: "↓",
  arrowup: "↑",
  shift: "⇧",
};

/** "mod+k" → "⌘K", "g t" → "G T": the way keys are written on screens. */
export function keyName(combo: string): string {
  return combo
    .split(" ")
    .map((part) =>
      part
        .split("+")
        .map((piece) => NAMES[piece.toLowerCase()] ?? piece.toUpperCase())
        .join(""),
    )
    .join(" ");
}

/** `plain` takes the colour of what it stands on: a filled button, a tip. */
export function Kbd({ children, plain, className }: { children: ReactNode; plain?: boolean; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-flex h-4 min-w-4 items-center justify-center rounded-[4px] border px-1 font-sans text-[12px] leading-none",
        plain ? "border-current/40" : "border-line text-muted",
        className,
      )}
    >
      {children}
    </span>
  );
}
