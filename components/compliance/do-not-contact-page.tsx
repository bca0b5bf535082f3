"use client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { suppressionReasonLabels } from "#server/compliance/constants.ts";
import type { SuppressionKind, SuppressionReason } from "#server/compliance/schema.ts";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { useCan } from "@/components/shell/session";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useFilters } from "@/components/ui/filters/use-filters";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { Day, Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { CheckBox } from "./check-box";
import { suppressionFilters } from "./filters";

const AddSheet = later(() => import("./add-sheet").then((part) => part.AddSheet));
const LiftDialog = later(() => import("./lift-dialog").then((part) => part.LiftDialog));

export type Suppression = RouterOutputs["suppressions"]["list"]["items"][number];

const KIND = { address: "address", domain: "domain and sub-domains", company: "company", hash: "erased person" } as const;

const columns: Column<Suppression>[] = [
  { id: "value", header: "Who", width: 280, grow: true, cell: (row) => <bdi className="font-medium">{row.value}</bdi> },
  { id: "kind", header: "What", width: 180, cell: (row) => <span className="text-muted">{KIND[row.kind]}</span> },
  { id: "reason", header: "Reason", width: 160, cell: (row) => suppressionReasonLabels[row.reason] },
  {
    id: "until",
    header: "Until",
    width: 120,
    cell: (row) => (row.untilOn ? <Day on={row.untilOn} /> : <span className="text-muted">for good</span>),
  },
  { id: "by", header: "By", width: 150, cell: (row) => <bdi>{row.createdByName ?? "by itself"}</bdi> },
  { id: "since", header: "Since", width: 120, cell: (row) => <Instant at={row.createdAt} dayOnly /> },
  { id: "note", header: "Note", width: 220, hidden: true, cell: (row) => <bdi>{row.note ?? "–"}</bdi> },
];

/** Whom nobody here may write to, why, and whether an address is among them. */
export function DoNotContactPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canAdd = useCan("suppressions:write");
  const canLiftAll = useCan("suppressions:lift");
  const handle = useFilters(suppressionFilters);
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<Suppression | null>(null);
  const input = {
    ...(handle.search && { search: handle.search }),
    ...(typeof handle.values.kind === "string" && { kind: handle.values.kind as SuppressionKind }),
    ...(typeof handle.values.reason === "string" && { reason: handle.values.reason as SuppressionReason }),
  };
  const query = useInfiniteQuery(trpc.suppressions.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  // The state of people, and whether campaigns go on with them, follows from it.
  const refresh = () => void queryClient.invalidateQueries();
  const lift = useMutation(
    trpc.suppressions.lift.mutationOptions({
      onSuccess: () => {
        setLifting(null);
        showDone("Lifted. This stays in the audit.");
      },
      onSettled: refresh,
    }),
  );
  const mayLift = (row: Suppression) => canAdd && row.reason !== "erased" && (!row.isProtected || canLiftAll);
  const primary = canAdd && (
    <Button variant="primary" hotkey="n" onClick={() => setAdding(true)}>
      Add to the list
    </Button>
  );

  return (
    <SettingsFrame {...(rows.length > 0 && primary && { primary })}>
      <div className="px-6 py-3 phone:px-4">
        <CheckBox />
        <Problem>{lift.error && !lifting && sentenceOf(lift.error)}</Problem>
      </div>
      <DataTable
        noun="entries"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.value}
        {...(total !== undefined && { total })}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState action={primary || undefined}>
            People who opted out, customers and competitors appear here. Nobody here can write to them.
          </EmptyState>
        }
        filtered={handle.isFiltered ? { onClear: handle.clear } : undefined}
        filterBar={<FilterBar filters={suppressionFilters} handle={handle} searchLabel="Search the list" />}
        actions={(row) =>
          mayLift(row)
            ? [
                {
                  label: "Lift it",
                  tone: "bad" as const,
                  onSelect: () => {
                    // The refusal of another entry is not this one's.
                    lift.reset();
                    if (row.isProtected) setLifting(row);
                    else lift.mutate({ id: row.id });
                  },
                },
              ]
            : []
        }
        phoneRow={(row) => ({
          title: <bdi>{row.value}</bdi>,
          state: suppressionReasonLabels[row.reason],
          detail: KIND[row.kind],
          next: row.untilOn ? <Day on={row.untilOn} /> : "for good",
        })}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
      />
      <AddSheet open={adding} onOpenChange={setAdding} onAdded={refresh} />
      {lifting && (
        <LiftDialog
          suppression={lifting}
          isBusy={lift.isPending}
          problem={lift.error && sentenceOf(lift.error)}
          onClose={() => setLifting(null)}
          onLift={(reason) => lift.mutate({ id: lifting.id, reason })}
        />
      )}
    </SettingsFrame>
  );
}
