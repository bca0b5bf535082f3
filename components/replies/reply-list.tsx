"use client";
import { useEffect, useRef } from "react";
import { VIEW_WORDS } from "#server/replies/constants.ts";
import { Button, ButtonLink } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { BrokenState, EmptyState, FilteredEmpty, StaleList } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { HeldRows } from "@/components/ui/table/held-rows";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant } from "@/components/ui/time/format";
import { ReplyLine } from "./reply-line";
import type { Inbox } from "./use-inbox";

/** The left column, newest first. */
export function ReplyList({ inbox }: { inbox: Inbox }) {
  const { list, rows, held, show, open, setOpen, counts, handle, view } = inbox;
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  useEffect(() => {
    const target = end.current;
    // One that failed is asked for by a person: a new watcher sees the end at once, and would ask without pause.
    if (!target || !hasNextPage || isFetchNextPageError) return;
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && !isFetchingNextPage) void fetchNextPage();
    });
    watcher.observe(target);
    return () => watcher.disconnect();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  return (
    <section aria-label="Replies" className="w-[340px] shrink-0 overflow-y-auto border-r border-line phone:w-full phone:border-r-0">
      <HeldRows held={held} onShow={show} />
      {list.isPending ? (
        <SkeletonRows rows={8} label="Loading replies" />
      ) : list.error && rows.length === 0 ? (
        <BrokenState error={list.error} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <NoReplies inbox={inbox} />
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.id} className={cx("border-b border-line", row.id === open && "bg-accent-soft")}>
              <ReplyLine row={row} isOpen={row.id === open} onOpen={() => setOpen(row.id)} />
            </li>
          ))}
        </ul>
      )}
      {isFetchNextPageError && list.error && <StaleList error={list.error} onRetry={() => void fetchNextPage()} />}
      <div ref={end} className="h-4" />
      {handle.isFiltered && rows.length > 0 && (
        <p className="px-6 pb-4 text-xs text-muted phone:px-4">
          {counts?.[view].toLocaleString("en-GB")} in {VIEW_WORDS[view]} with these filters
        </p>
      )}
    </section>
  );
}

function NoReplies({ inbox }: { inbox: Inbox }) {
  const { handle, view, counts, frame, setView } = inbox;
  const { now, zone } = useClock();
  if (handle.isFiltered) return <FilteredEmpty noun="replies" onClear={handle.clear} />;
  if (view !== "all" && (counts?.all ?? 0) > 0)
    return (
      <EmptyState action={<Button onClick={() => setView("all")}>Show all {counts?.all.toLocaleString("en-GB")} replies</Button>}>
        {view === "needs_me" ? "No replies wait for you." : `No replies in ${VIEW_WORDS[view]}.`} {waitingSentence(frame?.waiting ?? 0)}
        {frame?.lastReplyAt && ` The last reply came ${formatInstant(frame.lastReplyAt, zone, now)}.`}
      </EmptyState>
    );
  return (
    <EmptyState action={<ButtonLink href="/campaigns">See campaigns</ButtonLink>}>
      What people answer appears here. {frame && frame.waiting > 0 ? waitingSentence(frame.waiting) : "Replies come once a campaign runs."}
    </EmptyState>
  );
}

function waitingSentence(waiting: number): string {
  return waiting === 1
    ? "1 person is waiting for our next mail."
    : `${waiting.toLocaleString("en-GB")} people are waiting for our next mail.`;
}
