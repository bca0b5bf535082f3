"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MeetingRow } from "#server/meetings/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant, placeOf } from "@/components/ui/time/format";
import { showDone } from "@/components/ui/toast";
import { SlotPicker } from "./slot-picker";

export function MoveSheet({ meeting, onClose }: { meeting: MeetingRow; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { now, zone } = useClock();
  const [at, setAt] = useState<Date | null>(null);
  const move = useMutation(
    trpc.meetings.reschedule.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(),
      onSuccess: (moved) => {
        showDone(`Moved ${moved.attendeeName} to ${formatInstant(moved.startsAt, zone, now)}.`);
        onClose();
      },
    }),
  );
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<bdi>Move: {meeting.attendeeName}</bdi>}
      description={`Now ${formatInstant(meeting.startsAt, zone, now)}, ${placeOf(zone)}. An update is mailed to 1 person${meeting.guests.length > 0 ? ` and ${meeting.guests.length} ${meeting.guests.length === 1 ? "guest" : "guests"}` : ""}.`}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Back
          </Button>
          <Button
            variant="primary"
            busy={move.isPending}
            disabled={!at}
            onClick={() => at && move.mutate({ id: meeting.id, startsAt: at })}
          >
            {at ? `Move to ${formatInstant(at, zone, now)}` : "Move meeting"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Problem>{move.error && sentenceOf(move.error)}</Problem>
        <SlotPicker hostId={meeting.hostId} exceptMeetingId={meeting.id} value={at} onChange={setAt} />
      </div>
    </Sheet>
  );
}
