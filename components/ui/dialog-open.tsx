"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";
import { KeyLayer } from "./keys/use-keys";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Right-aligned: the quiet way out first, the act last. */
  actions?: ReactNode;
  wide?: boolean;
};

export function DialogOpen(props: DialogProps) {
  return (
    <Floating
      {...props}
      className={cx(
        "top-1/2 left-1/2 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 rounded-panel",
        props.wide ? "max-w-3xl" : "max-w-md",
      )}
    />
  );
}

export function SheetOpen(props: DialogProps) {
  return (
    <Floating
      {...props}
      className={cx(
        "inset-y-0 right-0 w-full transition-[opacity,translate] duration-100 data-ending-style:translate-x-4 data-starting-style:translate-x-4",
        props.wide ? "max-w-3xl" : "max-w-lg",
      )}
    />
  );
}

function Floating({ open, onOpenChange, title, description, children, actions, className }: DialogProps & { className: string }) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="floats fixed inset-0 z-40 bg-black/40" />
        <Base.Popup className={cx("floats fixed z-40 flex flex-col bg-surface shadow-float", className)}>
          <KeyLayer>
            <DialogHead title={title} description={description} />
            {children && <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>}
            {actions && <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{actions}</div>}
          </KeyLayer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function DialogHead({ title, description }: { title: ReactNode; description: ReactNode }) {
  return (
    <div className="flex items-start gap-4 px-4 pt-4 pb-3">
      <div className="min-w-0 flex-1">
        <Base.Title className="text-lg font-semibold">{title}</Base.Title>
        {description && <Base.Description className="mt-1 text-sm text-muted">{description}</Base.Description>}
      </div>
      <Base.Close
        aria-label="Close"
        className="flex size-7 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink phone:size-11"
      >
        <X className="size-4" />
      </Base.Close>
    </div>
  );
}
