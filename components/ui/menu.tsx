"use client";
import { type ReactElement, type ReactNode, useState } from "react";
import type { KeyBinding } from "./keys/key-store";
import { useKeys } from "./keys/use-keys";
import { useAmongVerbs } from "./keys/verbs";
import { onDemand, usePart } from "./later";
import { asTrigger } from "./trigger";

export type MenuEntry =
  | {
      kind?: "item";
      label: ReactNode;
      detail?: ReactNode;
      icon?: ReactNode;
      onSelect?: () => void;
      href?: string;
      hotkey?: string | undefined;
      tone?: "bad" | undefined;
      checked?: boolean;
    }
  | { kind: "line" }
  | { kind: "heading"; label: string };

export type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

const menu = onDemand(() => import("./menu-open"));

/** Verbs of one thing, or a choice. Keys are shown at the right. Until it is first opened, there is only its button. */
export function Menu(props: MenuProps) {
  const [isUsed, setUsed] = useState(false);
  if (props.open && !isUsed) setUsed(true);
  const isAmongVerbs = useAmongVerbs();
  useKeys(isAmongVerbs ? props.entries.flatMap(asVerb) : []);
  const parts = usePart(menu, isUsed);
  if (isUsed && parts) return <parts.MenuOpen {...props} />;
  const open = () => {
    setUsed(true);
    props.onOpenChange?.(true);
  };
  return asTrigger(props.trigger, "menu", open);
}

function asVerb(entry: MenuEntry): KeyBinding[] {
  if (entry.kind === "line" || entry.kind === "heading" || typeof entry.label !== "string" || !entry.onSelect || entry.hotkey) return [];
  return [{ keys: "", label: entry.label, run: entry.onSelect }];
}
