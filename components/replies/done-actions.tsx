"use client";
import { Check } from "lucide-react";
import type { ReplyDetail } from "#server/replies/schema.ts";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import type { ReplyActs } from "./use-reply-acts";

/** What was already done about this reply, each with its undo. */
export function DoneActions({ reply, acts, canWrite }: { reply: ReplyDetail; acts: ReplyActs; canWrite: boolean }) {
  if (reply.actions.length === 0) return null;
  return (
    <ul aria-label="What was done about it" className="rounded-panel border border-line">
      {reply.actions.map((action, index) => (
        <li
          key={`${action.kind}-${action.ref}-${action.label}`}
          className="flex min-h-9 items-center gap-2 border-line px-3 py-1 text-sm not-first:border-t"
        >
          <Check aria-hidden="true" className={cx("size-3.5 shrink-0", action.undoneAt ? "text-muted" : "text-good")} />
          <span className={cx("min-w-0 flex-1", action.undoneAt && "text-muted line-through")}>{action.label}</span>
          {action.undoneAt ? (
            <span className="text-xs text-muted">Taken back</span>
          ) : (
            canWrite &&
            action.undo && (
              <Button size="sm" variant="quiet" aria-label={`Undo: ${action.label}`} onClick={() => acts.undo(index)}>
                Undo
              </Button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}
