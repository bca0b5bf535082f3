"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { campaignStatuses } from "#server/campaigns/constants.ts";
import type { CampaignRow } from "#server/campaigns/schema.ts";
import { SavedViews } from "@/components/saved-views/saved-views";
import { Page, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { ButtonLink } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useFilters } from "@/components/ui/filters/use-filters";
import { EmptyState } from "@/components/ui/list-states";
import { formatShare } from "@/components/ui/progress-bar";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { campaignFilters } from "./campaign-filters";
import { CampaignsTabs } from "./campaigns-tabs";
import { PauseAll } from "./pause-all";
import { campaignProblem, campaignSays } from "./words";

const peopleHref = (row: CampaignRow, state?: string) => `/campaigns/${row.id}/people${state ? `?state=${state}` : ""}`;

const columns: Column<CampaignRow>[] = [
  { id: "name", header: "Name", width: 180, grow: true, cell: (row) => <bdi className="truncate font-medium">{row.name}</bdi> },
  { id: "state", header: "State", width: 210, cell: (row) => <CampaignState row={row} /> },
  {
    id: "people",
    header: "People",
    width: 72,
    align: "end",
    cell: (row) => <Link href={peopleHref(row)}>{row.people.toLocaleString("en-GB")}</Link>,
  },
  {
    id: "progress",
    header: "Progress",
    width: 132,
    cell: (row) => <Progress row={row} />,
    explains: "Mails sent of mails planned; people who are through count as done",
  },
  {
    id: "replies",
    header: "Replies",
    width: 112,
    align: "end",
    cell: (row) => <Link href={peopleHref(row, "replied")}>{row.contacted === 0 ? "–" : formatShare(row.replies, row.contacted)}</Link>,
    explains: "People with a reply by a person, over people contacted",
  },
  { id: "meetings", header: "Meetings", width: 80, align: "end", cell: (row) => <Link href="/meetings">{row.meetings}</Link> },
  { id: "problem", header: "Problem", width: 190, cell: (row) => <ProblemCell row={row} /> },
  { id: "owner", header: "Owner", width: 96, cell: (row) => <bdi>{row.ownerName?.split(" ")[0] ?? "–"}</bdi> },
];

/** Which campaigns run, and what holds each? */
export function CampaignList() {
  const trpc = useTRPC();
  const router = useRouter();
  const canWrite = useCan("campaigns:write");
  const handle = useFilters(campaignFilters);
  const status = campaignStatuses.find((each) => each === handle.values.status);
  const query = useInfiniteQuery(
    trpc.campaigns.list.infiniteQueryOptions(
      { limit: 50, ...(status && { status }), ...(handle.search && { search: handle.search }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const counts = query.data?.pages[0]?.counts ?? {};
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <Page>
      <PageHeader
        scoped
        title="Campaigns"
        count={query.data ? all : null}
        view={<SavedViews page="campaigns" />}
        secondary={<PauseAll />}
        primary={
          canWrite && (
            <ButtonLink variant="primary" href="/campaigns/new" hotkey="n">
              New campaign
            </ButtonLink>
          )
        }
      />
      <CampaignsTabs />
      <DataTable
        noun="campaigns"
        holdKey={`${status} ${handle.search}`}
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        total={status ? counts[status] : all}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState
            action={
              canWrite && (
                <ButtonLink variant="primary" href="/campaigns/new?play=first-touch">
                  Start from a play
                </ButtonLink>
              )
            }
            quiet={canWrite && <ButtonLink href="/campaigns/new?play=blank">Blank</ButtonLink>}
          >
            A campaign is a few mails and tasks for a group of people, at hours that suit them.
          </EmptyState>
        }
        filtered={handle.isFiltered ? { totalWithout: all, onClear: handle.clear } : undefined}
        filterBar={<FilterBar filters={campaignFilters} handle={handle} searchLabel="Search campaigns" />}
        onOpen={(row) => router.push(`/campaigns/${row.id}`)}
        actions={(row) => [
          { label: "Open", href: `/campaigns/${row.id}` },
          { label: "People", href: peopleHref(row) },
          { label: "Edit steps", hotkey: "e", href: `/campaigns/${row.id}/steps` },
        ]}
        phoneRow={(row) => ({
          title: <bdi>{row.name}</bdi>,
          state: <CampaignState row={row} />,
          detail: `${row.people} people`,
          next: `${row.replies} replies`,
        })}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
      />
    </Page>
  );
}

function CampaignState({ row }: { row: Parameters<typeof campaignSays>[0] }) {
  const says = campaignSays(row);
  return <State tone={says.tone}>{says.text}</State>;
}

function Progress({ row }: { row: CampaignRow }) {
  const through = row.people === 0 ? 0 : row.through / row.people;
  const sent = row.planned === 0 ? 0 : row.sent / row.planned;
  const done = row.status === "finished" ? 100 : Math.min(100, Math.round(100 * Math.max(through, sent)));
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-muted" style={{ width: `${done}%` }} />
      </span>
      <span>{done} %</span>
    </span>
  );
}

function ProblemCell({ row }: { row: CampaignRow }) {
  const problem = campaignProblem(row);
  if (row.waitingDrafts > 0 && !problem) {
    return (
      <Link href={`/campaigns/drafts?campaign=${row.id}`} className="block truncate text-attention leading-6">
        {row.waitingDrafts} to approve
      </Link>
    );
  }
  return problem ? (
    <span className="truncate text-bad" title={problem}>
      {problem}
    </span>
  ) : (
    <span className="text-muted">–</span>
  );
}
