"use client";
import { useQuery } from "@tanstack/react-query";
import type { JobRun } from "#server/jobs/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { CheckList } from "@/components/ui/check-list";
import { Problem } from "@/components/ui/list-states";
import { Section, Terms } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Instant } from "@/components/ui/time/relative-time";

const OUT: Record<string, string> = { planned: "runs next", sleeping: "sleeps until", waiting: "waits until" };

/** One run: when, how often tried, what started it, and each step. */
export function JobSteps({ run }: { run: JobRun }) {
  const trpc = useTRPC();
  const steps = useQuery(trpc.jobs.steps.queryOptions({ runId: run.id }, { refetchInterval: run.endedAt ? false : 5_000 }));
  const input = useQuery(trpc.jobs.input.queryOptions({ runId: run.id }));
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
      <Section title="Started by">
        {input.isPending ? (
          <SkeletonRows rows={1} label="Loading what started it" />
        ) : (
          <Terms
            items={[
              {
                term: "Event",
                value: input.data ? `${input.data.eventName}${input.data.events > 1 ? `, ${input.data.events} together` : ""}` : "–",
              },
              ...(input.data?.values ?? []).map(({ key, value }) => ({ term: key, value })),
            ]}
          />
        )}
      </Section>
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
              detail: step.error?.message ?? (
                <>
                  {OUT[step.status]} {step.wakeAt && OUT[step.status] && <Instant at={step.wakeAt} />}
                </>
              ),
            }))}
          />
        )}
      </Section>
    </div>
  );
}
