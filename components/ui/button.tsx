"use client";
import Link from "next/link";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { cx } from "./class-names";
import { Kbd, keyName } from "./kbd";
import { useKeys } from "./keys/use-keys";
import { useAmongVerbs } from "./keys/verbs";

export type ButtonLook = {
  /** One primary per screen. */
  variant?: "primary" | "secondary" | "quiet" | "danger" | undefined;
  size?: "md" | "sm" | undefined;
  icon?: ReactNode;
  /** The key that presses it; shown on the button and listed in the sheet of keys. */
  hotkey?: string | undefined;
  /** What the sheet of keys calls it, when the button's text is not a plain string. */
  hotkeyLabel?: string | undefined;
};

const VARIANT = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
  secondary: "border-control/50 bg-surface text-ink hover:bg-hover",
  quiet: "border-transparent text-ink hover:bg-hover",
  danger: "bg-bad text-on-bad border-transparent hover:opacity-90",
};
const SIZE = { md: "h-8 px-3", sm: "h-7 px-2" };

export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border text-sm font-medium whitespace-nowrap select-none phone:min-h-11",
    "disabled:cursor-default disabled:opacity-60 aria-disabled:cursor-default aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0",
    VARIANT[variant],
    SIZE[size],
  );
}

type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** Keeps the focus where it is, which `disabled` would drop, and presses nothing. */
    busy?: boolean | undefined;
    /** Of a double click only the first is heard: after it another thing stands here, which nobody has looked at (the next draft, Resume). */
    single?: boolean;
  };

/** Named with verb and object: "Start campaign", never "Submit". */
export function Button({
  variant,
  size,
  icon,
  hotkey,
  hotkeyLabel,
  busy,
  single,
  disabled,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  useHotkey(hotkey, hotkeyLabel ?? textOf(children), ref, !disabled && !busy);
  return (
    <button
      type="button"
      ref={ref}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={hotkey}
      className={cx(buttonClass({ variant, size }), className)}
      {...rest}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else if (!single || event.detail < 2) onClick?.(event);
      }}
    >
      {icon}
      {children}
      {hotkey && <KeyHint hotkey={hotkey} variant={variant} />}
    </button>
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & ButtonLook;

export function ButtonLink({ variant, size, icon, hotkey, hotkeyLabel, className, children, ...rest }: ButtonLinkProps) {
  const ref = useRef<HTMLAnchorElement>(null);
  useHotkey(hotkey, hotkeyLabel ?? textOf(children), ref, true);
  return (
    <Link ref={ref} aria-keyshortcuts={hotkey} className={cx(buttonClass({ variant, size }), className)} {...rest}>
      {icon}
      {children}
      {hotkey && <KeyHint hotkey={hotkey} variant={variant} />}
    </Link>
  );
}

function KeyHint({ hotkey, variant }: { hotkey: string; variant: ButtonLook["variant"] }) {
  const filled = variant === "primary" || variant === "danger";
  return (
    <Kbd plain={filled} className="ml-0.5 phone:hidden">
      {keyName(hotkey)}
    </Kbd>
  );
}

function useHotkey(hotkey: string | undefined, label: string, ref: { current: HTMLElement | null }, enabled: boolean) {
  const isVerb = useAmongVerbs() && label !== "";
  useKeys(hotkey || isVerb ? [{ keys: hotkey ?? "", label, run: () => ref.current?.click() }] : [], { enabled });
}

function textOf(children: ReactNode): string {
  if (typeof children === "string") return children;
  if (Array.isArray(children)) return children.filter((child) => typeof child === "string" || typeof child === "number").join("");
  return "";
}
