"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Skeleton } from "@/components/ui/skeleton";
import { DraftReader } from "@/components/writing/draft-reader";

type Props = {
  /** What the page is narrowed to: what it counted is what is read and approved. */
  filter: RouterInputs["drafts"]["sample"];
  onClose: () => void;
  onApprove: (expected: number) => void;
  isBusy: boolean;
  error: { message: string } | null;
};

/** Five at random are opened first; then the count is approved that was shown. */
export function ApprovePassing({ filter, onClose, onApprove, isBusy, error }: Props) {
  const trpc = useTRPC();
  const sample = useQuery(trpc.drafts.sample.queryOptions(filter, { gcTime: 0 }));
  // What is read and counted is what is approved: a refresh meanwhile would put other drafts here, and another count under the finger.
  const [taken, setTaken] = useState<typeof sample.data>();
  if (!taken && sample.data && !sample.isFetching) setTaken(sample.data);
  const drafts = taken?.drafts ?? [];
  const [at, setAt] = useState(0);
  const count = taken?.count ?? 0;
  const isRead = taken !== undefined && at >= drafts.length;
  const lookAgain = () => {
    setTaken(undefined);
    setAt(0);
    void sample.refetch();
  };
  const draft = drafts[at];

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={
        !taken ? "Reading first" : isRead ? `Approve ${count} ${count === 1 ? "mail" : "mails"}` : `Read ${drafts.length} of ${count} first`
      }
      description={
        isRead
          ? "Each leaves at its own time. Any of them can be taken back until then."
          : `Taken at random from those that pass all checks${draft ? `. To ${draft.lead.fullName}${draft.lead.company ? `, ${draft.lead.company}` : ""}` : ""}.`
      }
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Not now
          </Button>
          {isRead && error && <Button onClick={lookAgain}>Look again</Button>}
          {isRead ? (
            <Button key="approve" single variant="primary" hotkey="a" busy={isBusy} onClick={() => onApprove(count)}>
              Approve {count} {count === 1 ? "mail" : "mails"}
            </Button>
          ) : (
            // Nothing is read before it is there: a press meanwhile would skip a draft, and the next one approve them all.
            <Button key="read" single hotkey="j" busy={!taken} onClick={() => setAt(at + 1)}>
              {!taken ? "Next" : at + 1 < drafts.length ? `Next: ${at + 2} of ${drafts.length}` : "Done reading"}
            </Button>
          )}
        </>
      }
    >
      <Problem>{(error ?? sample.error) && sentenceOf(error ?? sample.error)}</Problem>
      {!isRead && (draft ? <DraftReader key={draft.id} draft={draft} layout="below" /> : <Skeleton className="h-48" />)}
    </Dialog>
  );
}
