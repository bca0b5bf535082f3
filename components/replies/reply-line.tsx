"use client";
import { useEffect, useRef } from "react";
import type { ReplyRow } from "#server/replies/schema.ts";
import { cx } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { ReplyClassState } from "./reply-class-state";

/** Name, company, class in words, last line, age. */
export function ReplyLine({ row, isOpen, onOpen }: { row: ReplyRow; isOpen: boolean; onOpen: () => void }) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  const waits = row.status === "needs_me";
  return (
    <button
      ref={ref}
      type="button"
      aria-current={isOpen || undefined}
      data-ring="inside"
      onClick={onOpen}
      className={cx(
        "grid w-full grid-cols-[minmax(0,1fr)] gap-0.5 py-2 pr-3 pl-6 text-left phone:py-3 phone:pl-4",
        !isOpen && "hover:bg-hover",
      )}
    >
      <span className="flex items-baseline gap-2">
        <span
          aria-hidden="true"
          className={cx("-ml-3.5 size-1.5 shrink-0 self-center rounded-full", row.isUnread && waits && "bg-accent")}
        />
        <span className={cx("min-w-0 flex-1 truncate text-sm", row.isUnread && waits && "font-semibold")}>
          <bdi>{row.name}</bdi>
          {row.company && (
            <span className="font-normal text-muted">
              {" · "}
              <bdi>{row.company}</bdi>
            </span>
          )}
        </span>
        <span className="shrink-0 text-xs text-muted">
          <RelativeTime at={row.receivedAt} />
        </span>
      </span>
      <span className="flex min-w-0 items-center gap-2 text-xs">
        <ReplyClassState row={row} />
        {row.isUnread && waits && <span className="sr-only">Unread.</span>}
        {row.status === "done" && <span className="text-muted">Done</span>}
        {row.answeredAt && <span className="text-muted">Answered</span>}
      </span>
      <span className="truncate text-xs text-muted">
        <bdi>{row.line || row.subject}</bdi>
      </span>
    </button>
  );
}
