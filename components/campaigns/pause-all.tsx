"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useCan } from "@/components/shell/session";
import { useFrame } from "@/components/shell/use-frame";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Textarea } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { useClock } from "@/components/ui/time/clock";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { useCampaignsChanged } from "./use-campaign-act";

/** One press stops everything at once; going on needs a reason. Managers and admins only. */
export function PauseAll() {
  const can = useCan("sending:pause");
  const { sendingPause } = useFrame();
  const [isAsking, setAsking] = useState(false);
  const trpc = useTRPC();
  const changed = useCampaignsChanged();
  const pause = useMutation(
    trpc.campaigns.pauseAllSending.mutationOptions({
      onSuccess: ({ people }) => {
        changed();
        showDone(`Paused all sending. ${people} ${people === 1 ? "person waits" : "people wait"}.`);
      },
    }),
  );
  if (!can) return null;
  if (sendingPause) {
    return (
      <>
        <Button onClick={() => setAsking(true)}>Resume sending</Button>
        <ResumeDialog open={isAsking} onOpenChange={setAsking} />
      </>
    );
  }
  return (
    <>
      <LastResume />
      <Button busy={pause.isPending} onClick={() => pause.mutate({})}>
        Pause all sending
      </Button>
      <Problem>{pause.error && sentenceOf(pause.error)}</Problem>
    </>
  );
}

const SHOWN_MS = 24 * 3_600_000;

/** For a day after sending went on: who said so, when and why. */
function LastResume() {
  const trpc = useTRPC();
  const { now } = useClock();
  const { data } = useQuery(trpc.workspaces.current.queryOptions());
  if (!data?.sendingResumedAt || now.getTime() - data.sendingResumedAt.getTime() > SHOWN_MS) return null;
  return (
    <span className="max-w-80 truncate text-sm text-muted phone:max-w-full" title={data.sendingResumeReason ?? undefined}>
      Resumed <Instant at={data.sendingResumedAt} />
      {data.sendingResumedBy && ` by ${data.sendingResumedBy.split(" ")[0]}`}
      {data.sendingResumeReason && (
        <>
          : <bdi>{data.sendingResumeReason}</bdi>
        </>
      )}
    </span>
  );
}

function ResumeDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [reason, setReason] = useState("");
  const id = useId();
  const trpc = useTRPC();
  const changed = useCampaignsChanged();
  const queries = useQueryClient();
  const resume = useMutation(
    trpc.campaigns.resumeAllSending.mutationOptions({
      onSuccess: () => {
        changed();
        void queries.invalidateQueries(trpc.workspaces.pathFilter());
        onOpenChange(false);
        showDone("Resumed sending. Everybody is planned again.");
      },
    }),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Resume sending"
      description="Every running campaign is planned again from now. Nothing that was missed is sent at once."
      actions={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Not now
          </Button>
          <Button variant="primary" busy={resume.isPending} disabled={reason.trim().length < 3} onClick={() => resume.mutate({ reason })}>
            Resume sending
          </Button>
        </>
      }
    >
      <Labelled id={id} label="Why may it go on?">
        <Textarea id={id} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Labelled>
      <Problem>{resume.error && sentenceOf(resume.error)}</Problem>
    </Dialog>
  );
}
