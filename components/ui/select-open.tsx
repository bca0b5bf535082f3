"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { cx } from "./class-names";
import type { SelectProps } from "./select";
import { selectClass } from "./select-look";

/** The whole choice, from the first time that it is opened. */
export function SelectOpen<Value extends string>({
  options,
  value,
  onChange,
  label,
  placeholder = "Choose",
  id,
  disabled,
  invalid,
  describedBy,
  className,
}: SelectProps<Value>) {
  return (
    <Base.Root
      defaultOpen
      items={[...options]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as Value)}
      disabled={disabled}
    >
      <Base.Trigger id={id} aria-label={label} aria-invalid={invalid} aria-describedby={describedBy} className={cx(selectClass, className)}>
        <Base.Value className="truncate data-placeholder:text-muted" placeholder={placeholder} />
        <Base.Icon>
          <ChevronDown className="size-4 text-muted" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="floats max-h-[min(360px,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-panel border border-line bg-surface py-1 shadow-float">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="grid cursor-default grid-cols-[16px_1fr] items-center gap-2 px-2 py-1 text-sm outline-none select-none data-highlighted:bg-hover phone:py-3"
              >
                <Base.ItemIndicator>
                  <Check className="size-4 text-accent" />
                </Base.ItemIndicator>
                <span className="col-start-2">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.detail && <span className="block text-xs text-muted">{option.detail}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
