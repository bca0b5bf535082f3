"use client";
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd";

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={400} closeDelay={0}>
      {children}
    </Base.Provider>
  );
}

/** A short label for something that shows only a sign. Never the only place where a reason stands: that is the Why panel. */
export function Tooltip({
  label,
  hint,
  side = "top",
  children,
}: {
  label: ReactNode;
  hint?: string | undefined;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactElement;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="floats max-w-72 rounded-control bg-ink px-2 py-1 text-xs text-page shadow-float">
            {label}
            {hint && (
              <Kbd plain className="ml-2">
                {hint}
              </Kbd>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
