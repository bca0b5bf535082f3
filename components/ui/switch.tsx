"use client";
import type { ReactNode } from "react";

type SwitchProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode; detail?: ReactNode; disabled?: boolean };

/** Acts at once; a choice that waits for Save is a Checkbox. */
export function Switch({ checked, onChange, children, detail, disabled }: SwitchProps) {
  return (
    <label className="flex items-start justify-between gap-4 text-sm">
      <span>
        {children}
        {detail && <span className="block text-xs text-muted">{detail}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="flex h-5 w-9 shrink-0 appearance-none rounded-full border border-control bg-hover p-0.5 before:size-3.5 before:rounded-full before:bg-control before:transition-transform before:duration-100 checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent disabled:opacity-60"
      />
    </label>
  );
}
