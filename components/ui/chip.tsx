"use client";
import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

type ChipProps = ComponentProps<"button"> & {
  pressed?: boolean;
  count?: number | undefined;
  onRemove?: (() => void) | undefined;
  children: ReactNode;
};

/** A choice that can be switched on and off, or (with `onRemove`) a filter that stands: `Owner: me ×`. */
export function Chip({ pressed, count, onRemove, children, className, ...rest }: ChipProps) {
  return (
    <span
      className={cx(
        "inline-flex h-7 max-w-full shrink-0 items-stretch rounded-control border text-sm phone:h-11",
        pressed || onRemove ? "border-accent/40 bg-accent-soft text-accent" : "border-line text-ink",
        className,
      )}
    >
      <button
        type="button"
        aria-pressed={onRemove ? undefined : pressed}
        className={cx("flex min-w-0 items-center gap-1.5 rounded-control px-2", !pressed && !onRemove && "hover:bg-hover")}
        {...rest}
      >
        <span className="truncate">{children}</span>
        {count !== undefined && <span className={cx("text-xs", pressed ? "" : "text-muted")}>{count.toLocaleString("en-GB")}</span>}
      </button>
      {onRemove && (
        <button
          type="button"
          aria-label="Remove this filter"
          onClick={onRemove}
          className="flex w-6 items-center justify-center rounded-control hover:bg-accent/15"
        >
          <X className="size-3" />
        </button>
      )}
    </span>
  );
}
