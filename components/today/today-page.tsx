"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import type { TodayItem, TodayView } from "#server/today/schema.ts";
import { useOutcome } from "@/components/meetings/use-outcome";
import { SetupList } from "@/components/setup/setup-list";
import { Page, PageHeader } from "@/components/shell/page";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { useKeys } from "@/components/ui/keys/use-keys";
import { later } from "@/components/ui/later";
import { BrokenState, Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { HeldRows } from "@/components/ui/table/held-rows";
import { useHeldRows } from "@/components/ui/table/use-held-rows";
import { useClock } from "@/components/ui/time/clock";
import { formatCivil, formatDay, formatShort } from "@/components/ui/time/format";
import { TodayRow } from "./today-row";
import { TodayWalk } from "./today-walk";
import { bySection, SECTION_WORDS, things } from "./today-words";
import { useTask } from "./use-task";

const HeldSheet = later(() => import("@/components/meetings/held-sheet").then((part) => part.HeldSheet));

const MANY_LATE = 20;
const REFRESH_MS = 30_000;
const NONE: TodayItem[] = [];
const keyOf = (item: TodayItem) => item.key;

/** What do I do next? One queue in a fixed order; Start walks it. */
export function TodayPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const { userId } = useSession();
  const { now, zone } = useClock();
  const [who, setWho] = useQueryState("who", parseAsString.withDefault("me"));
  const query = useQuery(trpc.today.queue.queryOptions({ who }, { refetchInterval: REFRESH_MS }));
  const [walkFrom, setWalkFrom] = useState<string | null>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const [held, setHeld] = useState<TodayItem | null>(null);
  const [heldKey, setHeldKey] = useState<string | null>(null);
  const task = useTask();
  const outcome = useOutcome();
  const { rows: items, held: waiting, show } = useHeldRows(query.data?.items ?? NONE, keyOf, who);
  const focused = items.find((item) => item.key === focusedKey);
  const step = (by: number) => {
    const index = items.findIndex((item) => item.key === focusedKey);
    const next = items[index < 0 ? 0 : Math.min(items.length - 1, Math.max(0, index + by))];
    if (next) rowOf(next.key)?.focus();
  };
  const isListing = walkFrom === null && held === null;
  useKeys(
    [
      { keys: "j", label: "Next", run: () => step(1) },
      { keys: "k", label: "Previous", run: () => step(-1) },
      { keys: "w", label: "Why it is here", run: () => rowOf(focusedKey)?.querySelector<HTMLElement>("[data-why] button")?.click() },
      { keys: "enter", label: "Open in full", run: () => focused && setWalkFrom(focused.key) },
    ],
    { enabled: isListing },
  );
  useKeys([{ keys: "r", label: "Answer", run: () => focused && router.push(focused.href) }], {
    enabled: isListing && focused?.kind === "answer",
  });
  useKeys([{ keys: "d", label: "Done", run: () => focused && task.done({ id: focused.subjectId, title: focused.title }) }], {
    enabled: isListing && focused?.kind === "task",
  });
  const heldSheet = held && (
    <HeldSheet
      meeting={{ id: held.subjectId, attendeeName: held.title, company: held.company }}
      onClose={() => setHeld(null)}
      onSaved={() => setHeldKey(held.key)}
    />
  );
  if (walkFrom !== null && query.data) {
    return (
      <>
        <TodayWalk items={items} startAt={walkFrom} heldKey={heldKey} onHeld={setHeld} onStop={() => setWalkFrom(null)} />
        {heldSheet}
      </>
    );
  }
  const people = query.data?.people ?? [];
  return (
    <Page>
      <PageHeader
        title="Today"
        secondary={
          people.length > 1 && (
            <Select
              label="Whose day"
              value={who}
              onChange={(next) => void setWho(next === "me" ? null : next)}
              options={[
                { value: "me", label: "Me" },
                ...people.filter((person) => person.userId !== userId).map((person) => ({ value: person.userId, label: person.name })),
                { value: "team", label: "Whole team" },
              ]}
            />
          )
        }
        primary={
          items.length > 0 && (
            <Button variant="primary" onClick={() => setWalkFrom(items[0]?.key ?? "")}>
              Start
            </Button>
          )
        }
      >
        {formatDay(now, zone)}
        {query.data && query.data.total > 0 && ` · ${things(query.data.total)} · about ${query.data.minutes} min`}
        {query.data?.covering.map((person) => (
          <span key={person.name}>
            {" · "}covering <bdi>{person.name}</bdi> until {formatCivil(person.untilOn, now)}
          </span>
        ))}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto pb-12 phone:pb-24">
        <HeldRows held={waiting} onShow={show} />
        <SetupList />
        {(task.error ?? outcome.error) && (
          <div className="px-6 pb-2 phone:px-4">
            <Problem>{sentenceOf(task.error ?? outcome.error)}</Problem>
          </div>
        )}
        {query.data && query.data.lateTasks > MANY_LATE && (
          <div className="px-6 pb-2 phone:px-4">
            <Notice>
              {query.data.lateTasks} tasks are older than 10 days. Go through them together, or mark as done what no longer matters.
            </Notice>
          </div>
        )}
        {query.error && !query.data ? (
          <BrokenState error={query.error} onRetry={query.refetch} />
        ) : !query.data ? (
          <SkeletonRows rows={8} label="Loading today" />
        ) : items.length === 0 ? (
          <NothingWaits day={query.data} />
        ) : (
          bySection(items).map((section) => (
            <section key={section.kind} aria-labelledby={`today-${section.kind}`} className="pt-4">
              <h2 id={`today-${section.kind}`} className="border-b border-line px-6 pb-1 text-sm font-semibold phone:px-4">
                {SECTION_WORDS[section.kind]} <span className="font-normal text-muted">{section.count}</span>
              </h2>
              <ul>
                {section.items.map((item) => (
                  <TodayRow
                    key={item.key}
                    item={item}
                    task={task}
                    outcome={outcome}
                    isFocused={focusedKey === null ? item.key === items[0]?.key : focusedKey === item.key}
                    showOwner={who !== "me" || item.ownerId !== userId}
                    onFocus={() => setFocusedKey(item.key)}
                    onHeld={() => setHeld(item)}
                    onOpen={() => setWalkFrom(item.key)}
                  />
                ))}
              </ul>
            </section>
          ))
        )}
      </div>
      {heldSheet}
    </Page>
  );
}

/** An empty queue says what happens by itself. */
function NothingWaits({ day }: { day: TodayView }) {
  const { now, zone } = useClock();
  const { mails, mailsAt, meetingAt } = day.next;
  const coming = [
    mailsAt && mails > 0 ? `${mails} ${mails === 1 ? "mail leaves" : "mails leave"} from ${formatShort(mailsAt, zone, now)}` : null,
    meetingAt ? `a meeting at ${formatShort(meetingAt, zone, now)}` : null,
  ].filter((each) => each !== null);
  return (
    <p className="px-6 py-12 text-base phone:px-4">
      Nothing waits for you.{" "}
      {coming.length > 0
        ? `Next: ${coming.join("; ")}.`
        : "Nothing is planned: start a campaign, and answers, meetings and tasks appear here."}
    </p>
  );
}

function rowOf(key: string | null): HTMLElement | null {
  return key === null ? null : document.querySelector<HTMLElement>(`[data-today="${CSS.escape(key)}"]`);
}
