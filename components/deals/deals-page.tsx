"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { dealStates } from "#server/deals/constants.ts";
import type { DealRow } from "#server/deals/schema.ts";
import { SavedViews } from "@/components/saved-views/saved-views";
import { Page, PageHeader } from "@/components/shell/page";
import { useCan, useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useFilters } from "@/components/ui/filters/use-filters";
import { later } from "@/components/ui/later";
import { BrokenState, EmptyState, FilteredEmpty, Problem, sentenceOf } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TabStrip } from "@/components/ui/tabs";
import { dealFilters } from "./deal-filters";
import { useMoveDeal } from "./use-move-deal";

const DealList = dynamic(() => import("./deal-list").then((part) => part.DealList));

// With its fields and their rules, which the frame of the page does not wait for.
const DealBoard = dynamic(() => import("./deal-board").then((part) => part.DealBoard));

const NewDealSheet = later(() => import("./new-deal-sheet").then((part) => part.NewDealSheet));
const CloseDialog = later(() => import("./close-dialog").then((part) => part.CloseDialog));

const EMPTY = "A deal opens when a meeting is booked, or press N.";

/** My open deals first; the board and the list share their filter. */
export function DealsPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const { userId } = useSession();
  const mayWrite = useCan("deals:write");
  const [view, setView] = useQueryState("view", parseAsStringLiteral(["board", "list"]).withDefault("board"));
  const [isOpening, setOpening] = useState(false);
  const pipelines = useQuery(trpc.deals.pipelines.queryOptions({}));
  const today = useQuery(trpc.today.queue.queryOptions({ who: "me" }));
  const stages = pipelines.data?.items[0]?.stages ?? [];
  const people = today.data?.people ?? [];
  const filters = useMemo(
    () =>
      dealFilters(
        people.map((person) => ({ value: person.userId, label: person.name })),
        stages.map((stage) => ({ value: stage.id, label: stage.name })),
      ),
    [people, stages],
  );
  const handle = useFilters(filters);
  const owner = typeof handle.values.owner === "string" ? handle.values.owner : userId;
  const ownerId = { ...(owner !== "all" && { ownerId: owner }), ...(handle.search && { search: handle.search }) };
  const state = dealStates.find((each) => each === handle.values.state) ?? "open";
  const stageId = typeof handle.values.stage === "string" ? { stageId: handle.values.stage } : {};

  const board = useQuery(trpc.deals.board.queryOptions(ownerId, { enabled: view === "board" }));
  const list = useInfiniteQuery(
    trpc.deals.list.infiniteQueryOptions(
      { ...ownerId, ...stageId, state },
      { getNextPageParam: (page) => page.nextCursor, enabled: view === "list" },
    ),
  );
  const moving = useMoveDeal(ownerId);
  const open = (deal: DealRow) => router.push(`/deals/${deal.id}`);
  const openCount = board.data?.columns
    .filter((column) => column.kind === "open" || column.kind === "booked")
    .reduce((sum, column) => sum + column.count, 0);
  const isEmpty = board.data?.columns.every((column) => column.count === 0) ?? false;

  return (
    <Page>
      <PageHeader
        scoped
        title="Deals"
        count={view === "board" ? openCount : undefined}
        view={<SavedViews page="deals" />}
        secondary={
          <TabStrip
            label="View"
            tabs={[
              { value: "board", label: "Board" },
              { value: "list", label: "List" },
            ]}
            value={view}
            onChange={(next) => void setView(next)}
          />
        }
        primary={
          mayWrite && (
            <Button variant="primary" hotkey="n" onClick={() => setOpening(true)}>
              New deal
            </Button>
          )
        }
      />
      {moving.error && (
        <div className="px-6 pb-2 phone:px-4">
          <Problem>{sentenceOf(moving.error)}</Problem>
        </div>
      )}
      {view === "list" ? (
        <DealList
          query={list}
          stages={stages}
          handle={handle}
          filterBar={<FilterBar filters={filters} handle={handle} searchLabel="Search deals" />}
          onOpen={open}
          {...(mayWrite && { onMove: moving.move })}
        />
      ) : (
        <>
          <FilterBar filters={filters.filter((filter) => filter.key === "owner")} handle={handle} searchLabel="Search deals" />
          {board.error && !board.data ? (
            <BrokenState error={board.error} onRetry={board.refetch} />
          ) : !board.data ? (
            <SkeletonRows rows={8} label="Loading deals" />
          ) : isEmpty && handle.search ? (
            <FilteredEmpty noun="deals" onClear={handle.clear} />
          ) : isEmpty ? (
            <EmptyState action={owner === "all" ? undefined : <ButtonLink href="/deals?owner=all">Show everybody's</ButtonLink>}>
              {owner === "all" ? EMPTY : `You have no deals. ${EMPTY}`}
            </EmptyState>
          ) : (
            <DealBoard
              board={board.data}
              mayMove={mayWrite}
              onMove={moving.move}
              onOpen={open}
              listHref={`/deals?view=list&state=all&owner=${owner}`}
            />
          )}
        </>
      )}
      {isOpening && <NewDealSheet onClose={() => setOpening(false)} />}
      {moving.closing && <CloseDialog closing={moving.closing} onClose={moving.stopClosing} onSave={moving.close} />}
    </Page>
  );
}
