"use client";
import type { ComponentProps } from "react";
import { cx } from "./class-names";

export const fieldClass =
  "w-full rounded-control border border-control bg-surface px-2.5 text-sm text-ink outline-offset-0 aria-invalid:border-bad disabled:opacity-60 phone:text-lg";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(fieldClass, "h-8 phone:h-11", className)} {...rest} />;
}

/** Grows with what is typed. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={cx(fieldClass, "field-sizing-content py-1.5 leading-5", className)}
      style={{ minHeight: `${rows * 20 + 14}px` }}
      {...rest}
    />
  );
}
