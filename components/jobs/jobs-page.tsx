"use client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { JobRun, JobRunStatus } from "#server/jobs/schema.ts";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useFilters } from "@/components/ui/filters/use-filters";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { SidePanel } from "@/components/ui/side-panel";
import { State, type Tone } from "@/components/ui/state";
import type { Column, RowAction } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { jobFilters } from "./job-filters";
import { JobSteps } from "./job-steps";
import { JobsFrame } from "./jobs-frame";

const LOOK: Record<JobRunStatus, { tone: Tone; word: string }> = {
  queued: { tone: "muted", word: "Waiting" },
  running: { tone: "active", word: "Running" },
  completed: { tone: "good", word: "Done" },
  failed: { tone: "bad", word: "Failed" },
  cancelled: { tone: "muted", word: "Cancelled" },
};

const columns: Column<JobRun>[] = [
  { id: "name", header: "Job", width: 260, grow: true, cell: (run) => run.functionName },
  { id: "state", header: "State", width: 128, cell: (run) => <State tone={LOOK[run.status].tone}>{LOOK[run.status].word}</State> },
  { id: "steps", header: "Steps", width: 72, align: "end", cell: (run) => run.stepsDone },
  { id: "try", header: "Try", width: 80, align: "end", cell: (run) => `${run.attempt} of ${run.maxAttempts}` },
  { id: "queued", header: "Began", width: 120, cell: (run) => <RelativeTime at={run.startedAt ?? run.queuedAt} /> },
  { id: "error", header: "Problem", width: 320, cell: (run) => <span className="text-muted">{run.error?.message}</span> },
];

export function JobsPage() {
  return (
    <JobsFrame>
      <Jobs />
    </JobsFrame>
  );
}

function Jobs() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const handle = useFilters(jobFilters);
  const status = (Object.keys(LOOK) as JobRunStatus[]).find((each) => each === handle.values.status);
  const mayWrite = useCan("jobs:write");
  const query = useInfiniteQuery(
    trpc.jobs.runs.infiniteQueryOptions(
      { limit: 100, ...(status && { status }) },
      { getNextPageParam: (page) => page.nextCursor, refetchInterval: 10_000 },
    ),
  );
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const refresh = () => void queryClient.invalidateQueries(trpc.jobs.pathFilter());
  const retry = useMutation(trpc.jobs.retry.mutationOptions({ onSettled: refresh, onSuccess: () => showDone("Started the job again.") }));
  const cancel = useMutation(trpc.jobs.cancel.mutationOptions({ onSettled: refresh, onSuccess: () => showDone("Cancelled the job.") }));
  const actions = (run: JobRun): RowAction[] => [
    ...(run.status === "failed" || run.status === "cancelled"
      ? [{ label: "Run again", onSelect: () => retry.mutate({ runId: run.id }) }]
      : []),
    ...(run.status === "queued" || run.status === "running"
      ? [{ label: "Cancel", tone: "bad" as const, onSelect: () => cancel.mutate({ runId: run.id }) }]
      : []),
  ];
  const failed = retry.error ?? cancel.error;
  return (
    <>
      {failed && (
        <div className="px-6 pb-2 phone:px-4">
          <Problem>{sentenceOf(failed)}</Problem>
        </div>
      )}
      <DataTable
        noun="jobs"
        rows={rows}
        columns={columns}
        rowId={(run) => run.id}
        rowName={(run) => run.functionName}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState>What Leadwright does in the background appears here: imports, sending, reading replies.</EmptyState>}
        filtered={handle.isFiltered ? { onClear: handle.clear } : undefined}
        filterBar={<FilterBar filters={jobFilters} handle={handle} hideSearch />}
        panel={(run, close) => (
          <SidePanel label="Job" title={run.functionName} onClose={close}>
            <JobSteps run={run} />
          </SidePanel>
        )}
        {...(mayWrite && { actions })}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
        phoneRow={(run) => ({
          title: run.functionName,
          state: <State tone={LOOK[run.status].tone}>{LOOK[run.status].word}</State>,
          detail: run.error?.message,
          next: <RelativeTime at={run.queuedAt} />,
        })}
      />
    </>
  );
}
