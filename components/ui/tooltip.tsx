"use client";
import { cloneElement, type FocusEvent, type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./kbd";

type Side = "top" | "right" | "bottom" | "left";
type TooltipProps = { label: ReactNode; hint?: string | undefined; side?: Side; children: ReactElement };
type Listeners = {
  onPointerEnter?: (event: React.PointerEvent) => void;
  onPointerLeave?: (event: React.PointerEvent) => void;
  onPointerDown?: (event: React.PointerEvent) => void;
  onFocus?: (event: FocusEvent) => void;
  onBlur?: (event: FocusEvent) => void;
};

const DELAY_MS = 400;
const GAP = 6;

/** A short label for something that shows only a sign. Never the only place where a reason stands: that is the Why panel. */
export function Tooltip({ label, hint, side = "top", children }: TooltipProps) {
  const [at, setAt] = useState<DOMRect | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    setAt(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!at) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setAt(null);
    const gone = () => setAt(null);
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("scroll", gone, true);
    return () => {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("scroll", gone, true);
    };
  }, [at]);

  const child = children as ReactElement<Listeners>;
  const own = child.props;
  const listeners: Listeners = {
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event);
      const element = event.currentTarget;
      if (event.pointerType === "mouse") timer.current = setTimeout(() => setAt(element.getBoundingClientRect()), DELAY_MS);
    },
    onPointerLeave: (event) => {
      own.onPointerLeave?.(event);
      hide();
    },
    onPointerDown: (event) => {
      own.onPointerDown?.(event);
      hide();
    },
    onFocus: (event) => {
      own.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) setAt(event.currentTarget.getBoundingClientRect());
    },
    onBlur: (event) => {
      own.onBlur?.(event);
      hide();
    },
  };
  return (
    <>
      {cloneElement(child, listeners)}
      {at && createPortal(<Tip at={at} side={side} label={label} hint={hint} />, document.body)}
    </>
  );
}

/** Beside what it names, and inside the window. */
function Tip({ at, side, label, hint }: { at: DOMRect; side: Side; label: ReactNode; hint: string | undefined }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = ref.current;
    if (!tip) return;
    const { width, height } = tip.getBoundingClientRect();
    const roomAbove = at.top - GAP - height >= 0;
    const x = side === "right" ? at.right + GAP : side === "left" ? at.left - GAP - width : at.left + at.width / 2 - width / 2;
    const y =
      side === "right" || side === "left"
        ? at.top + at.height / 2 - height / 2
        : side === "bottom" || !roomAbove
          ? at.bottom + GAP
          : at.top - GAP - height;
    tip.style.left = `${Math.max(4, Math.min(x, document.documentElement.clientWidth - width - 4))}px`;
    tip.style.top = `${Math.max(4, Math.min(y, document.documentElement.clientHeight - height - 4))}px`;
  }, [at, side]);
  return (
    <div
      ref={ref}
      role="tooltip"
      className="floats pointer-events-none fixed top-0 left-0 z-50 max-w-72 rounded-control bg-ink px-2 py-1 text-xs text-page shadow-float"
    >
      {label}
      {hint && (
        <Kbd plain className="ml-2">
          {hint}
        </Kbd>
      )}
    </div>
  );
}
