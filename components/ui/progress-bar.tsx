"use client";
import { useId } from "react";
import { cx } from "./class-names";

type ProgressProps = {
  /** "Importing 12,400 of 100,000" */
  label: string;
  done: number;
  /** null when the end is not known yet */
  total: number | null;
  /** "about 40 s" */
  remaining?: string;
  onCancel?: (() => void) | undefined;
};

/** Work with a count. Never a spinner where a count is known. */
export function ProgressBar({ label, done, total, remaining, onCancel }: ProgressProps) {
  const id = useId();
  const percent = total === null ? null : total === 0 ? 100 : Math.min(100, (done / total) * 100);
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline gap-2 text-sm">
        <span id={id} className="min-w-0 flex-1 truncate">
          {label}
          {remaining && <span className="text-muted"> · {remaining}</span>}
        </span>
        {onCancel && (
          <button type="button" onClick={onCancel} className="rounded-control px-1.5 text-sm text-accent hover:bg-accent-soft">
            Cancel
          </button>
        )}
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.round(percent)}
        className="h-1 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={cx("h-full bg-accent transition-[width] duration-100", percent === null && "w-1/3 opacity-50")}
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  );
}

const FEW = 30;

export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  if (whole < FEW) return `${part.toLocaleString("en-GB")} of ${whole}`;
  const percent = (part / whole) * 100;
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
