"use client";
import { useQuery } from "@tanstack/react-query";
import type { JobRun } from "#server/jobs/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { CheckList } from "@/components/ui/check-list";
import { Problem } from "@/components/ui/list-states";
import { Section, Terms } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Instant } from "@/components/ui/time/relative-time";

/** One run: when, how often tried, and each step that was done. */
export function JobSteps({ run }: { run: JobRun }) {
  const trpc = useTRPC();
  const steps = useQuery(trpc.jobs.steps.queryOptions({ runId: run.id }));
  return (
    <div className="grid gap-4">
      <Problem>{run.error?.message}</Problem>
      <Terms
        items={[
          { term: "Waiting since", value: <Instant at={run.queuedAt} /> },
          { term: "Began", value: run.startedAt ? <Instant at={run.startedAt} /> : "not yet" },
          { term: "Ended", value: run.endedAt ? <Instant at={run.endedAt} /> : "not yet" },
          { term: "Try", value: `${run.attempt} of ${run.maxAttempts}` },
          ...(run.retryAt ? [{ term: "Next try", value: <Instant at={run.retryAt} /> }] : []),
        ]}
      />
      <Section title="Steps" count={steps.data?.length}>
        {steps.isPending ? (
          <SkeletonRows rows={3} label="Loading the steps" />
        ) : (
          <CheckList
            label="Steps"
            lines={(steps.data ?? []).map((step, index) => ({
              id: `${index} ${step.name}`,
              state: step.status === "done" ? "ok" : step.status === "failed" ? "failed" : "open",
              title: step.name,
              detail: step.error?.message ?? (step.wakeAt ? <Instant at={step.wakeAt} /> : undefined),
            }))}
          />
        )}
      </Section>
    </div>
  );
}
