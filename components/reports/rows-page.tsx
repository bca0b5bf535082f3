"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { funnelKeys, funnelMeasures, weekKeys, weekMeasures } from "#server/reports/constants.ts";
import type { FunnelKey, ReportRow, WeekKey } from "#server/reports/schema.ts";
import { Page, PageHeader } from "@/components/shell/page";
import { useTRPC } from "@/components/trpc/client";
import { ButtonLink } from "@/components/ui/button";
import { Grade } from "@/components/ui/grade";
import { EmptyState, GoneState } from "@/components/ui/list-states";
import { Money } from "@/components/ui/money";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { Instant } from "@/components/ui/time/relative-time";

/** Exactly the rows behind a number, with the sentence that says what it counts. */
export function RowsPage() {
  const [asked] = useQueryStates({
    report: parseAsStringLiteral(["week", "funnel"]).withDefault("week"),
    measure: parseAsString,
    from: parseAsString,
    to: parseAsString,
    owner: parseAsString,
  });
  const week = asked.report === "week" ? weekKeys.find((each) => each === asked.measure) : undefined;
  const funnel = asked.report === "funnel" ? funnelKeys.find((each) => each === asked.measure) : undefined;
  const measure = week ?? funnel;
  const words = week ? weekMeasures[week] : funnel ? funnelMeasures[funnel] : null;
  if (!measure || !words) {
    return <GoneState action={<ButtonLink href="/reports">Open the week</ButtonLink>}>There is no such number.</GoneState>;
  }
  return (
    <Rows
      label={words.label}
      counts={words.counts}
      input={{
        report: asked.report,
        measure,
        ...(asked.from && { from: asked.from }),
        ...(asked.to && { to: asked.to }),
        ...(asked.owner && { ownerId: asked.owner }),
      }}
    />
  );
}

type Input = {
  report: "week" | "funnel";
  measure: WeekKey | FunnelKey;
  from?: string;
  to?: string;
  ownerId?: string;
};

function Rows({ label, counts, input }: { label: string; counts: string; input: Input }) {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useInfiniteQuery(trpc.reports.rows.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total;
  const currency = query.data?.pages[0]?.currency ?? "EUR";
  const hasAmounts = input.measure === "pipeline" || input.measure === "accepted";
  const columns: Column<ReportRow>[] = [
    { id: "grade", header: "Gr", width: 48, cell: (row) => <Grade grade={row.grade} /> },
    { id: "name", header: "Name", width: 220, grow: true, cell: (row) => <bdi>{row.name}</bdi> },
    { id: "company", header: "Company", width: 200, cell: (row) => <bdi>{row.company ?? "–"}</bdi> },
    { id: "at", header: input.report === "week" ? "When" : "Added", width: 150, cell: (row) => (row.at ? <Instant at={row.at} /> : "–") },
    ...(hasAmounts
      ? [
          {
            id: "amount",
            header: "Amount",
            width: 130,
            align: "end" as const,
            cell: (row: ReportRow) => (row.cents === null ? "–" : <Money cents={row.cents} currency={currency} />),
          },
        ]
      : []),
    { id: "owner", header: "Person", width: 140, cell: (row) => <bdi>{row.ownerName ?? "–"}</bdi> },
  ];
  const open = (row: ReportRow) => {
    if (row.dealId) router.push(`/deals/${row.dealId}`);
    else if (row.leadId) router.push(`/leads/${row.leadId}`);
  };
  return (
    <Page>
      <PageHeader
        title={label}
        count={total}
        secondary={
          <ButtonLink href={input.report === "week" ? `/reports${input.from ? `?from=${input.from}` : ""}` : "/reports/funnel"}>
            {input.report === "week" ? "Back to the week" : "Back to the funnel"}
          </ButtonLink>
        }
      >
        {counts}
      </PageHeader>
      <DataTable
        noun="rows"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        total={total}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState>Nothing is counted here.</EmptyState>}
        onOpen={open}
        phoneRow={(row) => ({
          lead: <Grade grade={row.grade} />,
          title: <bdi>{row.name}</bdi>,
          detail: <bdi>{row.company ?? ""}</bdi>,
          next: row.at && <Instant at={row.at} />,
        })}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
      />
    </Page>
  );
}
