"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant, placeOf } from "@/components/ui/time/format";
import { showDone } from "@/components/ui/toast";
import { SlotPicker } from "./slot-picker";

type Props = {
  onClose: () => void;
  /** From a person's page: their name and address are known. */
  lead?: { id: string; fullName: string; email: string | null };
  replyId?: string;
};

/** Books for somebody who agreed by mail or phone. They get the invitation. */
export function BookSheet({ onClose, lead, replyId }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { userId } = useSession();
  const { now, zone } = useClock();
  const [at, setAt] = useState<Date | null>(null);
  const [name, setName] = useState(lead?.fullName ?? "");
  const [email, setEmail] = useState(lead?.email ?? "");
  const book = useMutation(
    trpc.meetings.book.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(),
      onSuccess: (meeting) => {
        showDone(`Booked ${meeting.attendeeName}, ${formatInstant(meeting.startsAt, zone, now)}.`);
        onClose();
      },
    }),
  );
  const isReady = at !== null && name.trim() !== "" && email.trim() !== "";
  const submit = () => {
    // Enter in a field asks again while the first answer is on its way, which the button does not.
    if (!at || !isReady || book.isPending) return;
    book.mutate({
      startsAt: at,
      attendeeName: name.trim(),
      attendeeEmail: email.trim(),
      ...(lead && { leadId: lead.id }),
      ...(replyId && { replyId }),
    });
  };
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="Book a meeting"
      description="The invitation leaves at once; the campaign that writes to them stops."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Back
          </Button>
          <Button variant="primary" busy={book.isPending} disabled={!isReady} onClick={submit}>
            {at ? `Book ${formatInstant(at, zone, now)}` : "Book meeting"}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Labelled id="book-name" label="Name">
          <Input id="book-name" value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </Labelled>
        <Labelled id="book-email" label="E-mail" hint="A person we know is found by this address; a new one is added.">
          <Input id="book-email" type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </Labelled>
        <Problem>{book.error && sentenceOf(book.error)}</Problem>
        <div>
          <p className="mb-2 text-sm font-medium">Your free times, {placeOf(zone)}</p>
          <SlotPicker hostId={userId} value={at} onChange={setAt} />
        </div>
        <button type="submit" hidden />
      </form>
    </Sheet>
  );
}
