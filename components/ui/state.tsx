import { AlertTriangle, Check, Circle, CircleDashed, type LucideIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Tone = "good" | "attention" | "bad" | "active" | "neutral" | "muted";

const LOOK: Record<Tone, { text: string; soft: string; Shape: LucideIcon }> = {
  good: { text: "text-good", soft: "bg-good-soft", Shape: Check },
  attention: { text: "text-attention", soft: "bg-attention-soft", Shape: AlertTriangle },
  bad: { text: "text-bad", soft: "bg-bad-soft", Shape: X },
  active: { text: "text-accent", soft: "bg-accent-soft", Shape: Circle },
  neutral: { text: "text-ink", soft: "bg-hover", Shape: Circle },
  muted: { text: "text-muted", soft: "bg-hover", Shape: CircleDashed },
};

/** A state: always word + shape + colour. In tables plain, elsewhere `filled`. */
export function State({ tone, children, filled, className }: { tone: Tone; children: ReactNode; filled?: boolean; className?: string }) {
  const { text, soft, Shape } = LOOK[tone];
  return (
    <span
      className={cx(
        "inline-flex max-w-full items-center gap-1.5 align-middle text-sm",
        text,
        filled && `rounded-control px-1.5 ${soft}`,
        className,
      )}
    >
      <Shape aria-hidden="true" className="size-3 shrink-0" strokeWidth={2.5} />
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A small count or word beside a title. No state: for a state use State. */
export function Badge({ children, tone = "neutral" }: { children: ReactNode; tone?: Tone }) {
  return (
    <span className={cx("inline-flex h-5 items-center rounded-control px-1.5 text-xs font-medium", LOOK[tone].text, LOOK[tone].soft)}>
      {children}
    </span>
  );
}
