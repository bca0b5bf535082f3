"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
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
  const box = (
    <Base.Root
      id={id}
      checked={checked}
      indeterminate={mixed}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      onClick={onClick}
      aria-label={label}
      tabIndex={tabIndex}
      className={cx(
        "flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-control bg-surface text-on-accent",
        "data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent",
        "relative before:absolute before:-inset-1.5 phone:before:-inset-3.5",
      )}
    >
      <Base.Indicator>{mixed ? <Minus className="size-3" strokeWidth={3} /> : <Check className="size-3" strokeWidth={3} />}</Base.Indicator>
    </Base.Root>
  );
  if (!children) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's hidden input
    <label className="flex items-start gap-2 text-sm phone:py-2.5">
      <span className="flex h-5 items-center">{box}</span>
      <span>
        {children}
        {detail && <span className="block text-xs text-muted">{detail}</span>}
      </span>
    </label>
  );
}
