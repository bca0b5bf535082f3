"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MeetingRow } from "#server/meetings/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant } from "@/components/ui/time/format";
import { showDone } from "@/components/ui/toast";

/** A cancellation leaves the building, so it is asked. */
export function CancelDialog({ meeting, onClose }: { meeting: MeetingRow; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { now, zone } = useClock();
  const people = 1 + meeting.guests.length;
  const cancel = useMutation(
    trpc.meetings.cancel.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(),
      onSuccess: () => {
        showDone(`Cancelled the meeting with ${meeting.attendeeName}.`);
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Cancel this meeting?"
      description={`${meeting.attendeeName}, ${formatInstant(meeting.startsAt, zone, now)}. A cancellation is mailed to ${people} ${people === 1 ? "person" : "people"}; the time is free again.`}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" busy={cancel.isPending} onClick={() => cancel.mutate({ id: meeting.id })}>
            Cancel meeting
          </Button>
        </>
      }
    >
      {cancel.error && <Problem>{sentenceOf(cancel.error)}</Problem>}
    </Dialog>
  );
}
