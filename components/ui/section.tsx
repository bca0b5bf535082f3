import type { ReactNode } from "react";
import { cx } from "./class-names";

/** A part of a page: a heading over a line. Lines, not boxes. */
export function Section({
  title,
  count,
  actions,
  children,
  className,
}: {
  title: ReactNode;
  count?: number | undefined;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cx("min-w-0", className)}>
      <div className="flex min-h-8 items-center gap-2 border-b border-line pb-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        {count !== undefined && <span className="text-xs text-muted">{count.toLocaleString("en-GB")}</span>}
        {actions && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </div>
      <div className="pt-2">{children}</div>
    </section>
  );
}

/** Name and value, one a line: `Title  CFO`. */
export function Terms({ items, className }: { items: readonly { term: ReactNode; value: ReactNode }[]; className?: string }) {
  return (
    <dl className={cx("grid grid-cols-[minmax(80px,auto)_1fr] gap-x-4 gap-y-1 text-sm", className)}>
      {items.map(({ term, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list whose terms may repeat
        <div key={index} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
