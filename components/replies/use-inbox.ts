"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { replyClasses, replyViews } from "#server/replies/constants.ts";
import type { ReplyRow } from "#server/replies/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { useFilters } from "@/components/ui/filters/use-filters";
import { useHeldRows } from "@/components/ui/table/use-held-rows";
import { replyFilters } from "./reply-filters";

const idOf = (row: ReplyRow) => row.id;

/** The list, its counts and what is open; all of it lives in the address. */
export function useInbox() {
  const trpc = useTRPC();
  const frame = useQuery(trpc.replies.frame.queryOptions());
  const filters = useMemo(() => replyFilters(frame.data), [frame.data]);
  const handle = useFilters(filters);
  const [{ view, open }, setPlace] = useQueryStates(
    { view: parseAsStringLiteral(replyViews).withDefault("needs_me"), open: parseAsString },
    { history: "replace" },
  );
  const text = (key: string) => (typeof handle.values[key] === "string" ? (handle.values[key] as string) : undefined);
  const [name, campaignId, ownerId, mailboxId] = [
    replyClasses.find((each) => each === text("class")),
    text("campaign"),
    text("owner"),
    text("mailbox"),
  ];
  const narrowed = {
    ...(name && { class: name }),
    ...(campaignId && { campaignId }),
    ...(ownerId && { ownerId }),
    ...(mailboxId && { mailboxId }),
    ...(handle.search && { search: handle.search }),
  };
  const list = useInfiniteQuery(
    trpc.replies.list.infiniteQueryOptions(
      { ...narrowed, view, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, refetchInterval: 20_000 },
    ),
  );
  const counts = useQuery(trpc.replies.counts.queryOptions(narrowed, { refetchInterval: 20_000 }));
  const fresh = useMemo<ReplyRow[]>(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { rows, held, show } = useHeldRows(fresh, idOf, JSON.stringify({ ...narrowed, view }));
  return {
    filters,
    handle,
    frame: frame.data,
    view,
    open,
    list,
    rows,
    held,
    show,
    counts: counts.data,
    setView: (next: typeof view) => void setPlace({ view: next, open: null }),
    setOpen: (id: string | null) => void setPlace({ open: id }),
  };
}
export type Inbox = ReturnType<typeof useInbox>;
