"use client";
import Link from "next/link";
import { CLASS_TONE, CLASS_WORDS } from "#server/replies/constants.ts";
import type { ReplyClass } from "#server/replies/schema.ts";
import type { TodayItem } from "#server/today/schema.ts";
import type { OutcomeActs } from "@/components/meetings/use-outcome";
import { cx } from "@/components/ui/class-names";
import { Grade } from "@/components/ui/grade";
import { State } from "@/components/ui/state";
import { WhyButton, WhyPanel } from "@/components/ui/why";
import { ItemActs } from "./item-acts";
import { ItemTime } from "./item-time";
import type { TaskActs } from "./use-task";

type Props = {
  item: TodayItem;
  task: TaskActs;
  outcome: OutcomeActs;
  isFocused: boolean;
  showOwner: boolean;
  onFocus: () => void;
  onHeld: () => void;
  onOpen: () => void;
};

/** One thing: who, what they said or what is to be done, when, and its verbs. Two lines on a phone. */
export function TodayRow({ item, task, outcome, isFocused, showOwner, onFocus, onHeld, onOpen }: Props) {
  return (
    <li
      data-today={item.key}
      // The row is a stop for J and K; its verbs are the buttons inside.
      tabIndex={isFocused ? 0 : -1}
      onFocus={onFocus}
      className={cx(
        "flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-6 py-1.5 text-sm phone:px-4 phone:py-3",
        isFocused && "bg-hover",
      )}
    >
      <span className="w-5 shrink-0 phone:hidden">{item.grade && <Grade grade={item.grade} />}</span>
      <div className="w-64 min-w-0 shrink-0 phone:w-auto phone:flex-1">
        <Link
          href={item.leadId && item.kind !== "answer" ? `/leads/${item.leadId}` : item.href}
          className="block truncate font-medium hover:underline"
        >
          <bdi>{item.title}</bdi>
        </Link>
        {item.company && <bdi className="block truncate text-xs text-muted">{item.company}</bdi>}
      </div>
      <bdi className="min-w-0 flex-1 truncate text-muted phone:order-last phone:w-full phone:flex-none">
        {item.kind === "answer" ? `“${item.detail}”` : item.detail}
      </bdi>
      <span className="flex shrink-0 items-center gap-2 text-xs text-muted">
        {item.kind === "answer" && item.state && <AnswerClass value={item.state} />}
        {showOwner && item.ownerName && <bdi>{item.ownerName.split(" ")[0]}</bdi>}
        <ItemTime item={item} />
      </span>
      <span className="flex shrink-0 items-center gap-1">
        <ItemActs item={item} task={task} outcome={outcome} onHeld={onHeld} onOpenProposal={onOpen} />
        <span data-why="">
          <WhyButton title={`Why ${item.title} is here`}>
            <WhyPanel sentence={item.why} />
          </WhyButton>
        </span>
      </span>
    </li>
  );
}

function AnswerClass({ value }: { value: string }) {
  if (!(value in CLASS_WORDS)) return null;
  const known = value as ReplyClass;
  return <State tone={CLASS_TONE[known]}>{CLASS_WORDS[known]}</State>;
}
