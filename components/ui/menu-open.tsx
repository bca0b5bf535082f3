"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import { cx } from "./class-names";
import { Kbd, keyName } from "./kbd";
import type { MenuEntry, MenuProps } from "./menu";

const ITEM =
  "flex w-full cursor-default items-center gap-2 px-3 py-1 text-left text-sm outline-none select-none data-highlighted:bg-hover phone:py-3 [&_svg]:size-4 [&_svg]:shrink-0";

/** The whole menu, from the first time that it is opened. */
export function MenuOpen({ trigger, entries, align = "start", side = "bottom", open, onOpenChange }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen {...(open !== undefined && { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50 outline-none">
          <Base.Popup className="floats max-h-(--available-height) min-w-44 overflow-y-auto rounded-panel border border-line bg-surface py-1 shadow-float outline-none">
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries are a fixed list; lines have no other name
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === "line") return <Base.Separator className="my-1 h-px bg-line" />;
  if (entry.kind === "heading") return <div className="px-3 pt-1.5 pb-0.5 text-xs text-muted">{entry.label}</div>;
  const body = (
    <>
      {entry.checked !== undefined && <span className="size-4">{entry.checked && <Check className="text-accent" />}</span>}
      {entry.icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{entry.label}</span>
        {entry.detail && <span className="block text-xs text-muted">{entry.detail}</span>}
      </span>
      {entry.hotkey && <Kbd className="ml-4">{keyName(entry.hotkey)}</Kbd>}
    </>
  );
  const className = cx(ITEM, entry.tone === "bad" && "text-bad");
  if (entry.href !== undefined)
    return (
      <Base.Item className={className} render={<Link href={entry.href} />}>
        {body}
      </Base.Item>
    );
  return (
    <Base.Item className={className} onClick={entry.onSelect}>
      {body}
    </Base.Item>
  );
}
