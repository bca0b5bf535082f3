"use client";
import { useQuery } from "@tanstack/react-query";
import type { JobFunction } from "#server/jobs/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { EmptyState } from "@/components/ui/list-states";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { JobsFrame } from "./jobs-frame";

const columns: Column<JobFunction>[] = [
  { id: "name", header: "Kind", width: 240, grow: true, cell: (fn) => fn.name },
  {
    id: "triggers",
    header: "Starts on",
    width: 280,
    cell: (fn) => <span className="text-muted">{fn.triggers.join(", ") || "being asked"}</span>,
  },
  { id: "running", header: "Open", width: 80, align: "end", cell: (fn) => fn.running },
  { id: "completed", header: "Done 24 h", width: 104, align: "end", cell: (fn) => fn.completed },
  { id: "failed", header: "Failed 24 h", width: 104, align: "end", cell: (fn) => fn.failed },
  { id: "last", header: "Last", width: 120, cell: (fn) => (fn.lastAt ? <RelativeTime at={fn.lastAt} /> : "–") },
];

export function JobFunctionsPage() {
  return (
    <JobsFrame>
      <Functions />
    </JobsFrame>
  );
}

function Functions() {
  const trpc = useTRPC();
  const query = useQuery(trpc.jobs.functions.queryOptions(undefined, { refetchInterval: 10_000 }));
  return (
    <DataTable
      noun="kinds of job"
      rows={query.data ?? []}
      columns={columns}
      rowId={(fn) => fn.id}
      rowName={(fn) => fn.name}
      isLoading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      empty={<EmptyState>What Leadwright can do in the background appears here once a worker has started.</EmptyState>}
      phoneRow={(fn) => ({
        title: fn.name,
        detail: `${fn.completed} done, ${fn.failed} failed, ${fn.running} open`,
        next: fn.lastAt ? <RelativeTime at={fn.lastAt} /> : undefined,
      })}
    />
  );
}
