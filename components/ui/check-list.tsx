"use client";
import { Check, Circle, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cx } from "./class-names";

export type CheckState = "ok" | "failed" | "open";
export type CheckLine = {
  id: string;
  state: CheckState;
  /** "Mailbox: sends and reads" */
  title: ReactNode;
  /** "Reading fails: IMAP is off" */
  detail?: ReactNode;
  /** The one button that fixes it. */
  action?: ReactNode;
};

const SHAPE = {
  ok: { Icon: Check, className: "text-good", word: "Done" },
  failed: { Icon: X, className: "text-bad", word: "Needs attention" },
  open: { Icon: Circle, className: "text-control", word: "Not yet" },
};
const OPEN_FINDINGS = 3;

/** ✓ or ✕, a sentence, and one button that fixes it. At most three findings stand open at once. */
export function CheckList({ lines, label }: { lines: readonly CheckLine[]; label: string }) {
  const [showAll, setShowAll] = useState(false);
  const failed = lines.filter((line) => line.state === "failed");
  const held = showAll ? [] : failed.slice(OPEN_FINDINGS);
  const shown = lines.filter((line) => !held.includes(line));
  return (
    <div>
      <ul aria-label={label}>
        {shown.map((line) => (
          <Line key={line.id} line={line} withDetail={lines.some((each) => each.detail)} withAction={lines.some((each) => each.action)} />
        ))}
      </ul>
      {held.length > 0 && (
        <button
          type="button"
          onClick={() => setShowAll(true)}
          className="mt-1 rounded-control px-2 py-1 text-sm text-accent hover:bg-accent-soft"
        >
          {held.length} more to fix
        </button>
      )}
    </div>
  );
}

/** Details and buttons stand in columns over all lines; on a phone the detail is under its line and the button beside both. */
function Line({ line, withDetail, withAction }: { line: CheckLine; withDetail: boolean; withAction: boolean }) {
  const { Icon, className, word } = SHAPE[line.state];
  return (
    <li className="flex min-h-9 items-center gap-3 border-b border-line py-1.5 text-sm last:border-b-0 phone:grid phone:grid-cols-[auto_minmax(0,1fr)_auto] phone:gap-y-0">
      <Icon aria-hidden="true" className={cx("size-4 shrink-0", className)} strokeWidth={2.25} />
      <span className="min-w-0 flex-[3]">
        <span className="sr-only">{word}: </span>
        {line.title}
      </span>
      {withDetail && (
        <span className={cx("min-w-0 flex-[2] text-muted phone:col-start-2 phone:row-start-2", !line.detail && "phone:hidden")}>
          {line.detail}
        </span>
      )}
      {withAction && (
        <span
          className={cx(
            "flex w-40 shrink-0 justify-end phone:col-start-3 phone:row-start-1 phone:w-auto",
            line.detail ? "phone:row-span-2" : null,
            !line.action && "phone:hidden",
          )}
        >
          {line.action}
        </span>
      )}
    </li>
  );
}
