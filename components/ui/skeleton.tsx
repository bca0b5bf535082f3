import { cx } from "./class-names";

/** Shown after 150 ms, in the real size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx("skeleton block h-4", className)} />;
}

const WIDTHS = ["w-2/5", "w-3/5", "w-1/2", "w-4/5", "w-1/3", "w-3/4"];

/** Lines of a list that is on its way. */
export function SkeletonRows({ rows = 8, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className="flex h-9 items-center border-b border-line px-6 in-[section]:px-0 phone:h-14 phone:px-4">
          <Skeleton className={WIDTHS[row % WIDTHS.length] ?? "w-1/2"} />
        </div>
      ))}
    </div>
  );
}
