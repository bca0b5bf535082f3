"use client";
import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";

type SwitchProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode; detail?: ReactNode; disabled?: boolean };

/** Acts at once; a choice that waits for Save is a Checkbox. */
export function Switch({ checked, onChange, children, detail, disabled }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's hidden input
    <label className="flex items-start justify-between gap-4 text-sm">
      <span>
        {children}
        {detail && <span className="block text-xs text-muted">{detail}</span>}
      </span>
      <Base.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="flex h-5 w-9 shrink-0 rounded-full border border-control bg-hover p-0.5 data-checked:border-accent data-checked:bg-accent"
      >
        <Base.Thumb className="size-3.5 rounded-full bg-control transition-transform duration-100 data-checked:translate-x-4 data-checked:bg-on-accent" />
      </Base.Root>
    </label>
  );
}
