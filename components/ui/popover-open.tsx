"use client";
import { Popover as Base } from "@base-ui/react/popover";
import { KeyLayer } from "./keys/use-keys";
import type { PopoverProps } from "./popover";

/** The whole popover, from the first time that it is opened. */
export function PopoverOpen({
  trigger,
  anchor,
  title,
  hideTitle,
  children,
  open,
  onOpenChange,
  align = "start",
  side = "bottom",
}: PopoverProps) {
  return (
    <Base.Root defaultOpen {...(open !== undefined && { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner {...(anchor && { anchor })} sideOffset={6} align={align} side={side} className="z-50">
          <Base.Popup className="floats max-h-(--available-height) max-w-[calc(100vw-16px)] overflow-y-auto rounded-panel border border-line bg-surface p-3 shadow-float outline-none">
            <KeyLayer>
              <Base.Title className={hideTitle ? "sr-only" : "mb-2 text-sm font-semibold"}>{title}</Base.Title>
              {children}
            </KeyLayer>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
