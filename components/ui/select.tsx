"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { cx } from "./class-names";

import { onDemand, usePart } from "./later";
import { selectClass } from "./select-look";

export type Option<Value extends string = string> = { value: Value; label: string; detail?: string };

export type SelectProps<Value extends string> = {
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** The name for screen readers when there is no visible label (FormField gives one). */
  label?: string | undefined;
  placeholder?: string;
  id?: string | undefined;
  disabled?: boolean;
  invalid?: boolean | undefined;
  describedBy?: string | undefined;
  className?: string;
};

const choice = onDemand(() => import("./select-open"));

/** One of a few. More than about ten: Combobox. Until it is first opened, there is only its button. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, label, placeholder = "Choose", id, disabled, invalid, describedBy, className } = props;
  const [isUsed, setUsed] = useState(false);
  const parts = usePart(choice, isUsed);
  if (isUsed && parts) return <parts.SelectOpen {...props} />;
  const chosen = options.find((option) => option.value === value);
  return (
    <button
      type="button"
      role="combobox"
      id={id}
      disabled={disabled}
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      aria-haspopup="listbox"
      aria-expanded={false}
      onClick={() => setUsed(true)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        setUsed(true);
      }}
      className={cx(selectClass, className)}
    >
      <span className={cx("truncate", !chosen && "text-muted")}>{chosen?.label ?? placeholder}</span>
      <ChevronDown aria-hidden="true" className="size-4 text-muted" />
    </button>
  );
}
