"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { mayMakeReal } from "#server/sandbox/constants.ts";
import { useSession } from "@/components/shell/session";
import type { RouterOutputs } from "@/components/trpc/client";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { sentenceOf } from "@/components/ui/list-states";
import { formatInstant, placeOf } from "@/components/ui/time/format";

const MakeRealDialog = later(() => import("./make-real-dialog").then((part) => part.MakeRealDialog));

type Bar = NonNullable<RouterOutputs["sandbox"]["bar"]>;
const WATCH_MS = 700;

/** Over every page of a pretend workspace: its clock, and the next step in one sentence. */
export function PretendBar() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const bar = useQuery(
    trpc.sandbox.bar.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.runningProgressId ? WATCH_MS : 10_000) }),
  );
  const running = bar.data?.runningProgressId ?? null;
  const wasRunning = useRef(false);
  // Time has passed: everything on the page may be different.
  useEffect(() => {
    if (wasRunning.current && !running) void queryClient.invalidateQueries();
    wasRunning.current = running !== null;
  }, [running, queryClient]);

  if (!bar.data) return <div className="h-9 shrink-0 bg-attention-soft" />;
  return <BarLine bar={bar.data} />;
}

function BarLine({ bar }: { bar: Bar }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const again = () => queryClient.invalidateQueries(trpc.sandbox.pathFilter());
  const pass = useMutation(trpc.sandbox.pass.mutationOptions({ onSuccess: again }));
  const guide = useMutation(trpc.sandbox.moveGuide.mutationOptions({ onSuccess: again }));
  const isBusy = pass.isPending || bar.runningProgressId !== null;
  return (
    <section aria-label="Pretend workspace" className="relative shrink-0 border-b border-line bg-attention-soft text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1">
        <p className="flex items-center gap-2 whitespace-nowrap phone:min-h-9 phone:w-full">
          <span className="font-semibold tracking-wide text-attention">PRETEND</span>
          <time dateTime={bar.now.toISOString()} className="tabular-nums">
            {formatInstant(bar.now, bar.timeZone)}, {placeOf(bar.timeZone)}
          </time>
        </p>
        <fieldset className="flex items-center gap-1">
          <legend className="sr-only">Let time pass</legend>
          <Button size="sm" busy={isBusy} onClick={() => pass.mutate({ hours: 1 })}>
            +1 hour
          </Button>
          <Button size="sm" busy={isBusy} onClick={() => pass.mutate({ days: 1 })}>
            +1 day
          </Button>
          <Button size="sm" busy={isBusy} onClick={() => pass.mutate({ days: 30 })}>
            Run 30 days
          </Button>
        </fieldset>
        {isBusy && <RunningNote progressId={bar.runningProgressId} />}
        {!isBusy && !bar.hidden && <StepNote bar={bar} onNext={() => guide.mutate({ to: "next" })} />}
        <span className="ml-auto flex items-center gap-2 phone:absolute phone:top-0 phone:right-1">
          <Button size="sm" variant="quiet" onClick={() => guide.mutate({ to: bar.hidden ? "shown" : "hidden" })}>
            {bar.hidden ? "Show steps" : "Hide steps"}
          </Button>
        </span>
      </div>
      {pass.error && (
        <p className="px-4 pb-1 text-bad" role="alert">
          {sentenceOf(pass.error)}
        </p>
      )}
    </section>
  );
}

function RunningNote({ progressId }: { progressId: string | null }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.progress.list.queryOptions(undefined, { refetchInterval: WATCH_MS }));
  const row = list.data?.running.find((each) => each.id === progressId);
  const days = Math.round((row?.total ?? 0) / 24);
  return (
    <p role="status" className="text-muted">
      Time passes{row && days > 1 ? `: day ${Math.floor(row.done / 24)} of ${days}` : ""}
    </p>
  );
}

function StepNote({ bar, onNext }: { bar: Bar; onNext: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const session = useSession();
  const [realOpen, setRealOpen] = useState(false);
  const load = useMutation(
    trpc.sandbox.storeSampleList.mutationOptions({ onSuccess: ({ importId }) => router.push(`/leads/import?id=${importId}`) }),
  );
  return (
    <p className="flex min-w-0 items-center gap-2">
      <span className="whitespace-nowrap text-muted tabular-nums">
        {bar.stepNumber} of {bar.stepCount}
      </span>
      {bar.link && bar.step !== "make-real" ? (
        <Link href={bar.link} className="min-w-0 font-medium underline decoration-dotted underline-offset-4">
          {bar.sentence}
        </Link>
      ) : (
        <span className="min-w-0 font-medium">{bar.sentence}</span>
      )}
      {bar.step === "load-list" && (
        <Button size="sm" busy={load.isPending} onClick={() => load.mutate()}>
          Load the sample list
        </Button>
      )}
      {bar.step === "why-score" && (
        <Button size="sm" onClick={onNext}>
          Next
        </Button>
      )}
      {bar.step === "make-real" && mayMakeReal(session) && (
        <Button size="sm" onClick={() => setRealOpen(true)}>
          Make it real
        </Button>
      )}
      {load.error && <span className="text-bad">{sentenceOf(load.error)}</span>}
      <MakeRealDialog open={realOpen} onOpenChange={setRealOpen} />
    </p>
  );
}
