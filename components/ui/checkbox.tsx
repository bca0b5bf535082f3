"use client";
import { Check, Minus } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { cx } from "./class-names";

type CheckboxProps = {
  checked: boolean;
  /** Some of the things below it are chosen. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  onClick?: (event: MouseEvent) => void;
  /** Visible text; without it give `label`. */
  children?: ReactNode;
  label?: string;
  detail?: ReactNode;
  disabled?: boolean;
  id?: string | undefined;
  tabIndex?: number;
};

export function Checkbox({ checked, mixed = false, onChange, onClick, children, label, detail, disabled, id, tabIndex }: CheckboxProps) {
  const Mark = mixed ? Minus : Check;
  const box = (
    <span className="relative inline-flex size-4 shrink-0 items-center justify-center align-middle">
      <input
        type="checkbox"
        ref={(input) => {
          if (input) input.indeterminate = mixed;
        }}
        id={id}
        checked={checked}
        disabled={disabled}
        aria-label={label}
        tabIndex={tabIndex}
        onChange={(event) => onChange(event.target.checked)}
        onClick={onClick}
        className={cx(
          "size-4 shrink-0 appearance-none rounded-[4px] border border-control bg-surface disabled:opacity-60",
          "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
          "before:absolute before:-inset-1.5 phone:before:-inset-3.5",
        )}
      />
      {(checked || mixed) && <Mark aria-hidden="true" className="pointer-events-none absolute size-3 text-on-accent" strokeWidth={3} />}
    </span>
  );
  if (!children) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside
    <label className="flex items-start gap-2 text-sm phone:py-2.5">
      <span className="flex h-5 items-center">{box}</span>
      <span>
        {children}
        {detail && <span className="block text-xs text-muted">{detail}</span>}
      </span>
    </label>
  );
}
