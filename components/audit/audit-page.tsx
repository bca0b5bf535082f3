"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { EmptyState } from "@/components/ui/list-states";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { Instant } from "@/components/ui/time/relative-time";
import { actionInWords, actorInWords } from "./audit-words";

type Entry = RouterOutputs["audit"]["list"]["items"][number];

const columns: Column<Entry>[] = [
  { id: "at", header: "When", width: 168, cell: (entry) => <Instant at={entry.at} /> },
  { id: "who", header: "Who", width: 180, cell: (entry) => <bdi>{actorInWords(entry.actorName, entry.actorKind)}</bdi> },
  { id: "what", header: "What", width: 240, grow: true, cell: (entry) => actionInWords(entry.action) },
  { id: "fields", header: "Fields", width: 260, grow: true, cell: (entry) => <Fields entry={entry} /> },
  {
    id: "subject",
    header: "Record",
    width: 168,
    cell: (entry) => <code className="font-mono text-xs text-muted">{entry.subjectId?.slice(-12)}</code>,
  },
];

/** What each field was and became, until the person it is about is erased. */
function Fields({ entry }: { entry: Pick<Entry, "fields" | "changes"> }) {
  const { changes } = entry;
  if (!changes) return <span className="text-muted">{entry.fields.join(", ")}</span>;
  const said = entry.fields.map((field) => {
    const change = changes[field];
    return change ? `${field}: ${valueInWords(change.before)} → ${valueInWords(change.after)}` : field;
  });
  return <bdi title={said.join("\n")}>{said.join(", ")}</bdi>;
}

function valueInWords(value: unknown): string {
  return value === null || value === undefined || value === "" ? "nothing" : String(value);
}

/** Who changed what: ids and field names, never personal values. */
export function AuditPage() {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.audit.list.infiniteQueryOptions({ limit: 100 }, { getNextPageParam: (page) => page.nextCursor }));
  const unsealed = query.data?.pages[0]?.items.filter((entry) => !entry.isSealed).length ?? 0;
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return (
    <SettingsFrame>
      <p className="px-6 pt-3 text-sm text-muted phone:px-4">
        Every entry is chained to the one before it within a second, so that a later change shows
        {unsealed > 0 && ` (${unsealed} just now, not chained yet)`}. Whoever runs this Leadwright checks it with{" "}
        <code className="font-mono text-xs">npm run admin -- verify-audit</code>.
      </p>
      <DataTable
        noun="changes"
        rows={rows}
        columns={columns}
        rowId={(entry) => entry.id}
        rowName={(entry) => actionInWords(entry.action)}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
        empty={<EmptyState>Who changed what appears here: people, roles, keys, campaigns, settings.</EmptyState>}
        phoneRow={(entry) => ({
          title: actionInWords(entry.action),
          detail: actorInWords(entry.actorName, entry.actorKind),
          next: <Instant at={entry.at} />,
        })}
      />
    </SettingsFrame>
  );
}
