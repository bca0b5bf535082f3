"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import type { LeadRow } from "#server/leads/schema.ts";
import type { ChosenPeople } from "@/components/campaigns/add-people-sheet";
import { SavedViews } from "@/components/saved-views/saved-views";
import { Page, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useFilters } from "@/components/ui/filters/use-filters";
import { Grade } from "@/components/ui/grade";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { SidePanel } from "@/components/ui/side-panel";
import type { RowAction } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { BulkButtons, type BulkKind, chosenOf } from "./bulk-verbs";
import { leadColumns } from "./lead-columns";
import { leadFilters, leadInput, leadSorts } from "./lead-filters";
import { LeadState } from "./lead-words";
import { type Chosen, useLeadActs } from "./use-lead-acts";

const ScoreWhy = later(() => import("./score-why").then((part) => part.ScoreWhy));

const LeadSummary = later(() => import("./lead-summary").then((part) => part.LeadSummary));

const AddPersonSheet = later(() => import("./add-person-sheet").then((part) => part.AddPersonSheet));
const BulkDialog = later(() => import("./bulk-dialog").then((part) => part.BulkDialog));
const AddPeopleSheet = later(() => import("@/components/campaigns/add-people-sheet").then((part) => part.AddPeopleSheet));

const LOOK_AGAIN_MS = 30_000;

/** Whom do we know? */
export function LeadList() {
  const trpc = useTRPC();
  const router = useRouter();
  const canWrite = useCan("leads:write");
  const canCampaign = useCan("campaigns:write");
  const options = useQuery(trpc.leads.options.queryOptions({}));
  const filters = useMemo(() => leadFilters(choicesOf(options.data)), [options.data]);
  const handle = useFilters(filters);
  const [ids, setIds] = useQueryState("ids", parseAsArrayOf(parseAsString));
  const asked = leadInput(handle.values, ids ?? undefined);
  const { sort: _, ...filter } = asked;
  const query = useInfiniteQuery(
    trpc.leads.list.infiniteQueryOptions(
      { ...asked, limit: 50 },
      {
        getNextPageParam: (page) => page.nextCursor,
        // Deep in a long list nobody waits for what is new at its top.
        refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) <= 2 ? LOOK_AGAIN_MS : false),
      },
    ),
  );
  const count = useQuery(trpc.leads.count.queryOptions(filter));
  const everybody = useQuery(trpc.leads.count.queryOptions({}, { enabled: handle.isFiltered || ids !== null }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const [isAdding, setAdding] = useState(false);
  const [hidden, setHidden] = useState<Record<string, boolean>>({});
  const [people, setPeople] = useState<ChosenPeople | null>(null);
  const [asking, setAsking] = useState<{ kind: BulkKind; chosen: Chosen; count: number; clear: () => void } | null>(null);
  const acts = useLeadActs();
  const { act, error } = acts;
  const isTrash = asked.deleted === true;
  const isNarrowed = handle.isFiltered || ids !== null;

  const remove = (row: LeadRow) =>
    act({ ids: [row.id] }, { kind: "delete" }, () => `Deleted ${row.fullName}. They stay in the trash for 30 days.`);
  const ask = (kind: BulkKind, row: LeadRow) => setAsking({ kind, chosen: { ids: [row.id] }, count: 1, clear: () => {} });
  const actions = (row: LeadRow): RowAction[] =>
    isTrash
      ? [
          ...(canWrite
            ? [{ label: "Restore", onSelect: () => act({ ids: [row.id] }, { kind: "restore" }, () => `Restored ${row.fullName}.`) }]
            : []),
        ]
      : [
          ...(canCampaign ? [{ label: "Add to campaign", hotkey: "c", onSelect: () => setPeople({ leadIds: [row.id] }) }] : []),
          ...(canWrite
            ? [
                { label: "Edit", hotkey: "e", href: `/leads/${row.id}?tab=facts` },
                { label: "Choose the owner", hotkey: "o", onSelect: () => ask("owner", row) },
                { label: "Add to list", onSelect: () => ask("list", row) },
                { label: "Do not contact", onSelect: () => ask("closed", row) },
                { label: "Delete", hotkey: "backspace", tone: "bad" as const, onSelect: () => remove(row) },
              ]
            : []),
        ];
  const importLink = canWrite && <ButtonLink href="/leads/import">Import</ButtonLink>;

  return (
    <Page>
      <PageHeader
        scoped
        title={isTrash ? "Trash" : "People"}
        count={count.data?.count ?? null}
        view={
          <>
            {count.data?.isCapped && <span className="text-sm text-muted">and more</span>}
            <SavedViews page="leads" />
          </>
        }
        secondary={importLink}
        primary={
          canWrite && (
            <Button variant="primary" hotkey="n" onClick={() => setAdding(true)}>
              Add person
            </Button>
          )
        }
      />
      {error && (
        <div className="px-6 pb-2 phone:px-4">
          <Problem>{sentenceOf(error)}</Problem>
        </div>
      )}
      <DataTable
        noun="people"
        holdKey={JSON.stringify(asked)}
        rows={rows}
        columns={leadColumns}
        rowId={(row) => row.id}
        rowName={(row) => row.fullName}
        total={count.data?.isCapped ? undefined : count.data?.count}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState
            action={
              canWrite && (
                <ButtonLink variant="primary" href="/leads/import">
                  Import a list
                </ButtonLink>
              )
            }
            quiet={canWrite && <ButtonLink href="/leads/import?sample=1">Try the sample list</ButtonLink>}
          >
            People you import, find or receive from your CRM appear here.
          </EmptyState>
        }
        filtered={
          isNarrowed
            ? {
                totalWithout: everybody.data?.count,
                onClear: () => {
                  handle.clear();
                  void setIds(null);
                },
              }
            : undefined
        }
        filterBar={
          <FilterBar
            filters={filters}
            handle={handle}
            searchLabel="Search people"
            sorts={leadSorts}
            defaultSort="grade"
            columns={{ all: leadColumns, hidden, onChange: setHidden }}
          >
            {ids !== null && (
              <button
                type="button"
                className="h-7 rounded-control px-2 text-sm text-accent hover:bg-accent-soft"
                onClick={() => void setIds(null)}
              >
                {ids.length} chosen people ×
              </button>
            )}
          </FilterBar>
        }
        hiddenColumns={hidden}
        sort={{ value: handle.sort ?? "grade", onChange: handle.setSort }}
        onOpen={(row) => router.push(`/leads/${row.id}`)}
        panel={(row, close) => (
          <SidePanel label="Person" title={<bdi>{row.fullName}</bdi>} onClose={close}>
            <LeadSummary row={row} />
          </SidePanel>
        )}
        actions={actions}
        why={(row) => <ScoreWhy leadId={row.id} name={row.fullName} />}
        {...((canWrite || canCampaign) && {
          bulk: (selection) => (
            <BulkButtons
              selection={selection}
              filter={filter}
              isTrash={isTrash}
              acts={acts}
              onAddToCampaign={() => setPeople(selection.allMatching ? { filter } : { leadIds: selection.ids })}
              onAsk={(kind) => setAsking({ kind, chosen: chosenOf(selection, filter), count: selection.count, clear: selection.clear })}
            />
          ),
        })}
        matching={JSON.stringify(filter)}
        phoneRow={(row) => ({
          lead: <Grade grade={row.grade} />,
          title: <bdi>{row.fullName}</bdi>,
          state: <LeadState {...row} />,
          detail: <bdi>{[row.title, row.company].filter(Boolean).join(" · ")}</bdi>,
        })}
        onEndReached={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
      />
      {isAdding && (
        <AddPersonSheet
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            router.push(`/leads/${id}`);
          }}
        />
      )}
      {asking && (
        <BulkDialog kind={asking.kind} chosen={asking.chosen} count={asking.count} onClose={() => setAsking(null)} onDone={asking.clear} />
      )}
      <AddPeopleSheet open={people !== null} onOpenChange={(open) => !open && setPeople(null)} {...(people && { people })} />
    </Page>
  );
}

type Options = {
  owners: { id: string; name: string }[];
  lists: { id: string; name: string }[];
  campaigns: { id: string; name: string }[];
  countries: { code: string; name: string }[];
};

function choicesOf(options: Options | undefined) {
  const named = (list: { id: string; name: string }[] = []) => list.map(({ id, name }) => ({ value: id, label: name }));
  return {
    owners: named(options?.owners),
    lists: named(options?.lists),
    campaigns: named(options?.campaigns),
    countries: (options?.countries ?? []).map(({ code, name }) => ({ value: code, label: name })),
  };
}
