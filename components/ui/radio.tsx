"use client";
import { useId } from "react";
import { cx } from "./class-names";
import type { Option } from "./select";

type RadioGroupProps<Value extends string> = {
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  label: string;
  inline?: boolean;
};

/** Two to five choices whose differences are worth a line each. */
export function RadioGroup<Value extends string>({ options, value, onChange, label, inline }: RadioGroupProps<Value>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={cx("flex gap-2", inline ? "flex-wrap gap-x-6" : "flex-col")}>
      {options.map((option) => (
        <label key={option.value} className="flex items-start gap-2 text-sm phone:py-2">
          <span className="flex h-5 items-center">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="flex size-4 shrink-0 appearance-none items-center justify-center rounded-full border border-control bg-surface checked:border-accent checked:before:size-2 checked:before:rounded-full checked:before:bg-accent"
            />
          </span>
          <span>
            {option.label}
            {option.detail && <span className="block text-xs text-muted">{option.detail}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
