"use client";
import { type ReactElement, type ReactNode, useState } from "react";
import { onDemand, usePart } from "./later";
import { asTrigger } from "./trigger";

export type PopoverProps = {
  trigger?: ReactElement;
  /** Stands at this element instead of a trigger (a focused row). */
  anchor?: () => Element | null;
  /** Named for screen readers and shown as its heading unless `hideTitle`. */
  title: string;
  hideTitle?: boolean;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
};

const popover = onDemand(() => import("./popover-open"));

/** Until it is first opened, there is only its button. */
export function Popover(props: PopoverProps) {
  const [isUsed, setUsed] = useState(false);
  if (props.open && !isUsed) setUsed(true);
  const parts = usePart(popover, isUsed);
  if (isUsed && parts) return <parts.PopoverOpen {...props} />;
  if (!props.trigger) return null;
  const open = () => {
    setUsed(true);
    props.onOpenChange?.(true);
  };
  return asTrigger(props.trigger, "dialog", open);
}
