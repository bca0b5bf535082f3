"use client";
import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { cx } from "./class-names";
import { fieldClass } from "./input";
import type { Option } from "./select";

type ComboboxProps = {
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** Called as the person types, for options that come from the server. */
  onSearch?: (text: string) => void;
  label?: string | undefined;
  placeholder?: string;
  /** What stands in the list when nothing matches. */
  none?: string;
  id?: string | undefined;
  disabled?: boolean;
  invalid?: boolean | undefined;
  className?: string;
};

/** One of many, found by typing. */
export function Combobox({
  options,
  value,
  onChange,
  onSearch,
  label,
  placeholder = "Type to search",
  none = "Nothing matches.",
  id,
  disabled,
  invalid,
  className,
}: ComboboxProps) {
  // What is chosen stays so and stands there, also while the answer to other words has come without it.
  const [seen, setSeen] = useState<Option | null>(null);
  const found = options.find((option) => option.value === value);
  if (found && (found.value !== seen?.value || found.label !== seen.label)) setSeen(found);
  const selected = seen?.value === value ? seen : (found ?? null);
  return (
    <Base.Root
      items={[...options]}
      value={selected}
      onValueChange={(next: Option | null) => {
        setSeen(next);
        onChange(next?.value ?? null);
      }}
      isItemEqualToValue={(a: Option, b: Option) => a.value === b.value}
      {...(onSearch && { filter: null, onInputValueChange: onSearch })}
      disabled={disabled}
    >
      <div className={cx("relative", className)}>
        <Base.Input
          id={id}
          aria-label={label}
          aria-invalid={invalid}
          placeholder={placeholder}
          className={cx(fieldClass, "h-8 pr-8 phone:h-11")}
        />
        <Base.Trigger aria-label="Show the list" className="absolute inset-y-0 right-0 flex w-8 items-center justify-center text-muted">
          <ChevronDown className="size-4" />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="floats w-(--anchor-width) rounded-panel border border-line bg-surface shadow-float">
            <Base.Empty>
              <div className="px-3 py-2 text-sm text-muted">{none}</div>
            </Base.Empty>
            <Base.List className="max-h-[min(320px,var(--available-height))] overflow-y-auto py-1 data-empty:p-0">
              {(option: Option) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="grid cursor-default grid-cols-[16px_1fr] items-center gap-2 px-2 py-1 text-sm outline-none select-none data-highlighted:bg-hover phone:py-3"
                >
                  <Base.ItemIndicator>
                    <Check className="size-4 text-accent" />
                  </Base.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <span className="block truncate">{option.label}</span>
                    {option.detail && <span className="block truncate text-xs text-muted">{option.detail}</span>}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
