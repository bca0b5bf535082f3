"use client";
import type { ReactNode } from "react";
import { useMemo } from "react";
import { QUIET_AFTER_DAYS, type StageKind } from "#server/deals/constants.ts";
import type { DealRow, Stage } from "#server/deals/schema.ts";
import type { FilterHandle } from "@/components/ui/filters/use-filters";
import { EmptyState } from "@/components/ui/list-states";
import { Money } from "@/components/ui/money";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { useClock } from "@/components/ui/time/clock";
import { Day } from "@/components/ui/time/relative-time";

type Query = {
  data: { pages: { items: DealRow[] }[] } | undefined;
  isPending: boolean;
  error: { message: string } | null;
  refetch: () => unknown;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
};
type Props = {
  query: Query;
  stages: readonly Stage[];
  handle: FilterHandle;
  filterBar: ReactNode;
  onOpen: (deal: DealRow) => void;
  onMove?: (deal: DealRow, stage: Stage) => void;
};

export const STAGE_TONES: Record<StageKind, "good" | "active" | "neutral" | "muted"> = {
  booked: "neutral",
  open: "active",
  won: "good",
  lost: "muted",
};

export function DealList({ query, stages, handle, filterBar, onOpen, onMove }: Props) {
  const { now } = useClock();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const daysIn = (deal: DealRow) => Math.max(0, Math.floor((now.getTime() - deal.stageSince.getTime()) / 86_400_000));
  const stateOf = (deal: DealRow) => (
    <State tone={STAGE_TONES[deal.stageKind]}>{deal.closeReason ? `${deal.stageName}: ${deal.closeReason}` : deal.stageName}</State>
  );
  const amountOf = (deal: DealRow) => (deal.amountCents === null ? "–" : <Money cents={deal.amountCents} currency={deal.currency} />);
  const columns: Column<DealRow>[] = [
    { id: "company", header: "Company", width: 220, grow: true, cell: (deal) => <bdi>{deal.company ?? deal.title}</bdi> },
    { id: "person", header: "Person", width: 160, cell: (deal) => <bdi>{deal.leadName ?? "–"}</bdi> },
    { id: "stage", header: "Stage", width: 180, cell: stateOf },
    { id: "amount", header: "Amount", width: 130, align: "end", cell: amountOf },
    {
      id: "next",
      header: "Next step",
      width: 220,
      cell: (deal) => (
        <>
          <bdi>{deal.nextStep ?? "–"}</bdi>
          {deal.nextOn && (
            <span className="text-muted">
              {" · "}
              <Day on={deal.nextOn} />
            </span>
          )}
        </>
      ),
    },
    {
      id: "days",
      header: "In stage",
      width: 90,
      align: "end",
      cell: (deal) => (
        <span className={deal.closedAt === null && daysIn(deal) >= QUIET_AFTER_DAYS ? "text-attention" : ""}>{daysIn(deal)} d</span>
      ),
    },
    { id: "owner", header: "Owner", width: 110, cell: (deal) => <bdi>{deal.ownerName.split(" ")[0]}</bdi> },
  ];
  return (
    <DataTable
      noun="deals"
      rows={rows}
      columns={columns}
      rowId={(deal) => deal.id}
      rowName={(deal) => deal.title}
      isLoading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      empty={<EmptyState>A deal opens when a meeting is booked, or press N.</EmptyState>}
      filtered={handle.isFiltered ? { onClear: handle.clear } : undefined}
      filterBar={filterBar}
      onOpen={onOpen}
      actions={(deal) =>
        onMove
          ? stages
              .filter((stage) => stage.id !== deal.stageId)
              .map((stage) => ({ label: `Move to ${stage.name}`, onSelect: () => onMove(deal, stage) }))
          : []
      }
      phoneRow={(deal) => ({
        title: <bdi>{deal.company ?? deal.title}</bdi>,
        state: stateOf(deal),
        detail: <bdi>{deal.nextStep ?? deal.leadName ?? ""}</bdi>,
        next: amountOf(deal),
      })}
      onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
      isFetchingMore={query.isFetchingNextPage}
    />
  );
}
