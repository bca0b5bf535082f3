"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { EmptyState } from "@/components/ui/list-states";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { Instant } from "@/components/ui/time/relative-time";

type Entry = RouterOutputs["audit"]["list"]["items"][number];

const BY = { person: "somebody who left", api_key: "an API key", agent: "Leadwright", outside: "somebody outside" };

/** "member.role-changed" → "member: role changed" */
function inWords(action: string): string {
  return action.replace(/[.]/, ": ").replaceAll(/[-_]/g, " ");
}

const columns: Column<Entry>[] = [
  { id: "at", header: "When", width: 168, cell: (entry) => <Instant at={entry.at} /> },
  { id: "who", header: "Who", width: 180, cell: (entry) => <bdi>{entry.actorName ?? BY[entry.actorKind]}</bdi> },
  { id: "what", header: "What", width: 240, grow: true, cell: (entry) => inWords(entry.action) },
  { id: "fields", header: "Fields", width: 220, cell: (entry) => <span className="text-muted">{entry.fields.join(", ")}</span> },
  {
    id: "subject",
    header: "Record",
    width: 168,
    cell: (entry) => <code className="font-mono text-xs text-muted">{entry.subjectId?.slice(-12)}</code>,
  },
];

/** Who changed what: ids and field names, never personal values. */
export function AuditPage() {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.audit.list.infiniteQueryOptions({ limit: 100 }, { getNextPageParam: (page) => page.nextCursor }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return (
    <SettingsFrame>
      <DataTable
        noun="changes"
        rows={rows}
        columns={columns}
        rowId={(entry) => entry.id}
        rowName={(entry) => inWords(entry.action)}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
        empty={<EmptyState>Who changed what appears here: people, roles, keys, campaigns, settings.</EmptyState>}
        phoneRow={(entry) => ({
          title: inWords(entry.action),
          detail: entry.actorName ?? BY[entry.actorKind],
          next: <Instant at={entry.at} />,
        })}
      />
    </SettingsFrame>
  );
}
