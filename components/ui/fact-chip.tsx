"use client";
import { cx } from "./class-names";
import { useClock } from "./time/clock";
import { formatAge } from "./time/format";

type FactChipProps = {
  value: string;
  /** "website", "import", "CRM" */
  source: string;
  at: Date | string;
  stale?: boolean;
  /** A person's correction wins over machines and shows the pencil mark. */
  byPerson?: boolean;
  /** How many sources disagree: shows "2 values". */
  values?: number;
  onClick?: () => void;
};

/** value · source · age: `CFO · website · 12 d`. */
export function FactChip({ value, source, at, stale, byPerson, values = 1, onClick }: FactChipProps) {
  const { now } = useClock();
  const body = (
    <>
      <bdi className="truncate font-medium">{value}</bdi>
      <span className={cx("shrink-0 text-xs", stale ? "text-attention" : "text-muted")}>
        {" "}
        · {byPerson ? "✎ " : ""}
        {source} · {formatAge(new Date(at), now)}
      </span>
      {values > 1 && <span className="shrink-0 text-xs text-attention"> · {values} values</span>}
    </>
  );
  const className = cx(
    "inline-flex h-6 max-w-full items-center gap-1 rounded-control px-1.5 text-sm",
    stale ? "bg-attention-soft" : "bg-hover",
  );
  if (!onClick) return <span className={className}>{body}</span>;
  return (
    <button type="button" onClick={onClick} className={className}>
      {body}
    </button>
  );
}
