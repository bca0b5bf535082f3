"use client";
import { type ComponentProps, useRef } from "react";
import { cx } from "./class-names";
import { keyName } from "./kbd";
import { useKeys } from "./keys/use-keys";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & { label: string; hotkey?: string | undefined; pressed?: boolean };

/** A sign without a word; its name is in the tip and for screen readers. */
export function IconButton({ label, hotkey, pressed, className, children, ...rest }: IconButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  useKeys(hotkey ? [{ keys: hotkey, label, run: () => ref.current?.click() }] : []);
  return (
    <Tooltip label={label} hint={hotkey && keyName(hotkey)}>
      <button
        type="button"
        ref={ref}
        aria-label={label}
        aria-keyshortcuts={hotkey}
        aria-pressed={pressed}
        className={cx(
          "inline-flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink disabled:opacity-60 phone:size-11 [&_svg]:size-4",
          pressed && "bg-accent-soft text-accent",
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
