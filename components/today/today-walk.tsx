"use client";
import { useEffect, useRef, useState } from "react";
import type { TodayItem } from "#server/today/schema.ts";
import { useOutcome } from "@/components/meetings/use-outcome";
import { Page, PageBody, PageHeader } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Grade } from "@/components/ui/grade";
import { useKeys } from "@/components/ui/keys/use-keys";
import { Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { ItemActs } from "./item-acts";
import { ItemTime } from "./item-time";
import { Proposal } from "./proposal";
import { SECTION_WORDS } from "./today-words";
import { useTask } from "./use-task";

type Props = {
  items: readonly TodayItem[];
  onHeld: (item: TodayItem) => void;
  /** What was said to be held in the form that the page opens for it. */
  heldKey: string | null;
  onStop: () => void;
  startAt?: string | undefined;
};

/** The queue one full screen at a time: act, and the next appears. A colleague's act makes a thing vanish, with a note. */
export function TodayWalk({ items, onHeld, heldKey, onStop, startAt }: Props) {
  const [total] = useState(items.length);
  const [currentKey, setCurrentKey] = useState(startAt ?? items[0]?.key);
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [vanished, setVanished] = useState<string | null>(null);
  const mine = useRef<string | null>(null);
  const last = useRef<TodayItem | undefined>(items[0]);
  const task = useTask();
  const outcome = useOutcome();
  const current = items.find((item) => item.key === currentKey);
  const rest = items.filter((item) => !skipped.has(item.key) && item.key !== currentKey);

  useEffect(() => {
    if (current) {
      last.current = current;
      return;
    }
    const gone = last.current;
    if (gone && gone.key !== mine.current && gone.key !== heldKey) setVanished(gone.title);
    setCurrentKey(rest[0]?.key);
  }, [current, rest, heldKey]);

  const next = () => {
    setVanished(null);
    if (currentKey) setSkipped((old) => new Set(old).add(currentKey));
    setCurrentKey(rest[0]?.key);
  };
  const acted = () => {
    mine.current = currentKey ?? null;
    setVanished(null);
  };
  useKeys([
    { keys: "j", label: "Skip to the next", run: next },
    { keys: "escape", label: "Back to the list", run: onStop },
  ]);
  useKeys([{ keys: "d", label: "Done", run: () => current && task.done({ id: current.subjectId, title: current.title }, acted) }], {
    enabled: current?.kind === "task",
  });
  const place = Math.min(total, total - rest.length);

  if (!current) {
    return (
      <Page>
        <PageHeader
          title="Today"
          primary={
            <Button variant="primary" onClick={onStop}>
              Back to Today
            </Button>
          }
        />
        <PageBody>
          <p className="text-base">
            {skipped.size > 0 && items.length > 0 ? `You went through everything; ${items.length} still wait.` : "Nothing waits for you."}
          </p>
        </PageBody>
      </Page>
    );
  }
  return (
    <Page>
      <div className="h-1 bg-hover" role="progressbar" aria-label="Today" aria-valuenow={place} aria-valuemin={0} aria-valuemax={total}>
        <div className="h-full bg-accent" style={{ width: `${(place / Math.max(1, total)) * 100}%` }} />
      </div>
      <PageHeader
        title={<bdi>{current.title}</bdi>}
        lead={current.grade && <Grade grade={current.grade} size="lg" />}
        view={
          <span className="text-sm text-muted">
            {place} of {total}
          </span>
        }
        secondary={
          <>
            <Button variant="quiet" onClick={onStop}>
              Back to Today
            </Button>
            <Button hotkey="j" onClick={next}>
              Skip
            </Button>
          </>
        }
      >
        {SECTION_WORDS[current.kind]}
        {current.company && <bdi> · {current.company}</bdi>}
        {current.at && (
          <>
            {" · "}
            <ItemTime item={current} />
          </>
        )}
      </PageHeader>
      <PageBody reading>
        <div key={current.key} className="grid gap-6">
          {vanished && <Notice>{vanished}: somebody else did this meanwhile.</Notice>}
          <bdi className="text-lg whitespace-pre-line [overflow-wrap:anywhere]">
            {current.kind === "answer" ? `“${current.detail}”` : current.detail || current.title}
          </bdi>
          {current.task?.phone && (
            <a className="text-accent hover:underline" href={`tel:${current.task.phone}`}>
              Call {current.task.phone}
            </a>
          )}
          {current.task?.note && <bdi className="whitespace-pre-line [overflow-wrap:anywhere]">{current.task.note}</bdi>}
          {current.task?.proposal && (
            <Proposal
              proposal={current.task.proposal}
              busy={task.isPending}
              onAccept={(message) => task.accept({ id: current.subjectId, title: current.title }, message, acted)}
            />
          )}
          <Problem>{(task.error ?? outcome.error) && sentenceOf(task.error ?? outcome.error)}</Problem>
          <div className="flex flex-wrap gap-2">
            <ItemActs item={current} task={task} outcome={outcome} size="md" onHeld={() => onHeld(current)} onDone={acted} />
          </div>
          <p className="text-xs text-muted">{current.why}</p>
        </div>
      </PageBody>
    </Page>
  );
}
