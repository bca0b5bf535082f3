"use client";
import type { TodayItem } from "#server/today/schema.ts";
import type { OutcomeActs } from "@/components/meetings/use-outcome";
import { useCan } from "@/components/shell/session";
import { Button, ButtonLink } from "@/components/ui/button";
import type { TaskActs } from "./use-task";

type Props = {
  item: TodayItem;
  /** Of the page, which says what was refused: a row has no room for it. */
  task: TaskActs;
  outcome: OutcomeActs;
  /** Held asks more, so the page opens its form. */
  onHeld: () => void;
  onOpenProposal?: () => void;
  onDone?: () => void;
  size?: "sm" | "md";
};

/** The verbs of one thing. The same in the row and on its full screen. */
export function ItemActs({ item, task, outcome, onHeld, onOpenProposal, onDone, size = "sm" }: Props) {
  const mayMeet = useCan("meetings:write");
  const mayTask = useCan("tasks:write");
  switch (item.kind) {
    case "answer":
      return (
        <ButtonLink size={size} href={item.href}>
          Answer
        </ButtonLink>
      );
    case "meeting":
      return (
        <ButtonLink size={size} href={item.leadId ? `/leads/${item.leadId}` : item.href}>
          Open
        </ButtonLink>
      );
    case "outcome":
      if (!mayMeet) return null;
      return (
        <>
          <Button single size={size} onClick={onHeld}>
            Held
          </Button>
          <Button
            single
            size={size}
            busy={outcome.pendingId === item.subjectId}
            onClick={() => outcome.say({ id: item.subjectId, outcome: "no_show", name: item.title }, onDone)}
          >
            No-show
          </Button>
          <ButtonLink size={size} variant="quiet" href="/meetings/needs-outcome">
            Moved
          </ButtonLink>
        </>
      );
    case "drafts":
      return (
        <ButtonLink size={size} href={item.href}>
          Read drafts
        </ButtonLink>
      );
    case "task":
      if (!mayTask) return null;
      return (
        <>
          {item.task?.proposal && onOpenProposal && (
            <Button size={size} onClick={onOpenProposal}>
              {item.task.proposal.type === "new_person" ? "See person" : "See mail"}
            </Button>
          )}
          <Button
            single
            size={size}
            busy={task.pendingId === item.subjectId}
            onClick={() => task.done({ id: item.subjectId, title: item.title }, onDone)}
          >
            Done
          </Button>
        </>
      );
    case "health":
      return (
        <ButtonLink size={size} href={item.href}>
          Fix
        </ButtonLink>
      );
  }
}
