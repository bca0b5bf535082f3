"use client";
import { useQuery } from "@tanstack/react-query";
import type { EngineFunctionRow, EngineOverview } from "#server/jobs/schema.ts";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { EmptyState, ForbiddenState } from "@/components/ui/list-states";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { inSeconds, JobsFrame } from "./jobs-frame";

const columns: Column<EngineFunctionRow>[] = [
  { id: "name", header: "Kind", width: 240, grow: true, cell: (fn) => fn.name },
  { id: "waiting", header: "Waiting", width: 88, align: "end", cell: (fn) => fn.waiting },
  { id: "running", header: "Running", width: 88, align: "end", cell: (fn) => fn.running },
  { id: "paused", header: "Paused", width: 88, align: "end", cell: (fn) => fn.paused },
  { id: "completed", header: "Done 24 h", width: 104, align: "end", cell: (fn) => fn.completed },
  { id: "failed", header: "Failed 24 h", width: 104, align: "end", cell: (fn) => fn.failed },
  { id: "last", header: "Last", width: 120, cell: (fn) => (fn.lastAt ? <RelativeTime at={fn.lastAt} /> : "–") },
];

/** Over all workspaces, in counts, for the person who claimed this instance. */
export function EnginePage() {
  const { isOperator } = useSession();
  return (
    <JobsFrame>
      {isOperator ? <Engine /> : <ForbiddenState>Only the person who claimed this Leadwright sees its engine.</ForbiddenState>}
    </JobsFrame>
  );
}

function Engine() {
  const trpc = useTRPC();
  const query = useQuery(trpc.jobs.engine.queryOptions(undefined, { refetchInterval: 10_000 }));
  return (
    <>
      {query.data && <Figures of={query.data} />}
      <DataTable
        noun="kinds of job"
        rows={query.data?.functions ?? []}
        columns={columns}
        rowId={(fn) => fn.id}
        rowName={(fn) => fn.name}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState>No worker of this instance has started yet.</EmptyState>}
        phoneRow={(fn) => ({
          title: fn.name,
          detail: `${fn.waiting} waiting, ${fn.running} running, ${fn.failed} failed`,
          next: fn.lastAt ? <RelativeTime at={fn.lastAt} /> : undefined,
        })}
      />
    </>
  );
}

function Figures({ of }: { of: EngineOverview }) {
  const figures = [
    ["Engine", of.engine === "embedded" ? "embedded" : "Inngest"],
    ["Workers", of.workers],
    ["Longest wait", inSeconds(of.lagMs)],
    ["Events to hand over", of.waitingEvents],
    ["Events held back", of.heldEvents],
    ["Waiting for an event", of.waits],
    ["Set for later", of.timers],
    ["In line for a place", of.inLine],
  ] as const;
  return (
    <dl aria-label="All workspaces" className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line px-6 pb-2 text-sm phone:px-4">
      {figures.map(([term, value]) => (
        <div key={term} className="flex gap-1.5">
          <dt className="text-muted">{term}</dt>
          <dd className="tabular-nums">{typeof value === "number" ? value.toLocaleString("en-GB") : value}</dd>
        </div>
      ))}
    </dl>
  );
}
