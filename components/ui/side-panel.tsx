"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

type SidePanelProps = { title: ReactNode; onClose: () => void; actions?: ReactNode; children: ReactNode; label: string };

/** The record beside the list; the whole screen on a phone. Lists open it with Space and keep moving with J and K. */
export function SidePanel({ title, onClose, actions, children, label }: SidePanelProps) {
  return (
    <aside
      aria-label={label}
      className="flex h-full w-panel shrink-0 flex-col border-l border-line bg-page phone:fixed phone:inset-0 phone:z-30 phone:w-full phone:border-l-0"
    >
      <div className="flex min-h-12 items-center gap-2 border-b border-line px-4">
        <h2 className="min-w-0 flex-1 py-2 text-base font-semibold [overflow-wrap:anywhere]">{title}</h2>
        {actions}
        <IconButton label="Close" hotkey="escape" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
    </aside>
  );
}
