"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
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
  return (
    <Base
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={cx("flex gap-2", inline ? "flex-wrap gap-x-6" : "flex-col")}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's hidden input
        <label key={option.value} className="flex items-start gap-2 text-sm phone:py-2">
          <span className="flex h-5 items-center">
            <Radio.Root
              value={option.value}
              className="flex size-4 items-center justify-center rounded-full border border-control bg-surface data-checked:border-accent"
            >
              <Radio.Indicator className="size-2 rounded-full bg-accent" />
            </Radio.Root>
          </span>
          <span>
            {option.label}
            {option.detail && <span className="block text-xs text-muted">{option.detail}</span>}
          </span>
        </label>
      ))}
    </Base>
  );
}
