"use client";
import { HelpCircle } from "lucide-react";
import type { ReactNode } from "react";
import { Popover } from "./popover";
import { useClock } from "./time/clock";
import { formatAge, formatInstant } from "./time/format";

export type WhyReason = {
  text: ReactNode /** "+40" */;
  points?: number | undefined /** "website" */;
  source?: string | undefined;
  at?: Date | string | null | undefined;
};
export type WhyContent = {
  /** One sentence. */
  sentence: ReactNode;
  /** In order of weight. */
  reasons?: readonly WhyReason[];
  /** What would change it. */
  change?: readonly ReactNode[];
  /** "seniority v3" and when. */
  rule?: string | undefined;
  decidedAt?: Date | string | null | undefined;
};

/** The same panel answers every Why: one sentence, the reasons with source and age, what would change it, who decided when. */
export function WhyPanel({ sentence, reasons = [], change = [], rule, decidedAt }: WhyContent) {
  const { now, zone } = useClock();
  return (
    <div className="min-w-0 text-sm">
      <p className="font-medium">{sentence}</p>
      {reasons.length > 0 && (
        <ol className="mt-2">
          {reasons.map((reason, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: reasons are a fixed, ordered list
            <li key={index} className="flex items-baseline gap-2 border-t border-line py-1">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {reason.text}
                {(reason.source || reason.at) && (
                  <span className="text-xs text-muted">
                    {" "}
                    · {[reason.source, reason.at && formatAge(new Date(reason.at), now)].filter(Boolean).join(" · ")}
                  </span>
                )}
              </span>
              {reason.points !== undefined && <span className="shrink-0 font-medium">{formatPoints(reason.points)}</span>}
            </li>
          ))}
        </ol>
      )}
      {change.length > 0 && (
        <>
          <h3 className="mt-3 text-xs text-muted">What would change it</h3>
          <ul className="mt-0.5 list-disc pl-4">
            {change.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed, ordered list
              <li key={index}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {(rule || decidedAt) && (
        <p className="mt-3 border-t border-line pt-2 text-xs text-muted">
          Decided {decidedAt && formatInstant(new Date(decidedAt), zone, now)}
          {rule && ` by ${rule}`}
        </p>
      )}
    </div>
  );
}

export function formatPoints(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${Math.abs(points)}` : "0";
}

/** A quiet "Why" beside a value. Lists open the same panel with W on the focused row (DataTable's `why`). */
export function WhyButton({ label = "Why", title = "Why", children }: { label?: string; title?: string; children: ReactNode }) {
  return (
    <Popover
      title={title}
      hideTitle
      trigger={
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1 rounded-control px-1 text-xs text-muted hover:bg-hover hover:text-ink"
        >
          <HelpCircle aria-hidden="true" className="size-3.5" />
          {label}
        </button>
      }
    >
      <div className="w-80 max-w-full">{children}</div>
    </Popover>
  );
}
