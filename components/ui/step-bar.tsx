import { Check } from "lucide-react";
import { cx } from "./class-names";

/** Where one is in a short row of steps: `1 File ✓  2 Columns  3 Check  4 Result`. */
export function StepBar({
  steps,
  current,
  label,
}: {
  steps: readonly { id: string; label: string; detail?: string | undefined }[];
  current: string;
  label: string;
}) {
  const at = steps.findIndex((step) => step.id === current);
  return (
    <ol aria-label={label} className="flex flex-wrap gap-x-6 gap-y-2 border-b border-line px-6 py-2 text-sm phone:px-4">
      {steps.map((step, index) => (
        <li
          key={step.id}
          aria-current={index === at ? "step" : undefined}
          className={cx("flex min-w-0 items-center gap-2", index === at ? "font-medium text-ink" : "text-muted")}
        >
          <span
            className={cx(
              "flex size-5 shrink-0 items-center justify-center rounded-full text-xs",
              index === at ? "bg-accent text-on-accent" : index < at ? "bg-good-soft text-good" : "bg-hover",
            )}
          >
            {index < at ? <Check className="size-3" strokeWidth={3} aria-label="done" /> : index + 1}
          </span>
          {step.label}
          {step.detail && <span className="truncate font-normal text-muted">{step.detail}</span>}
        </li>
      ))}
    </ol>
  );
}
