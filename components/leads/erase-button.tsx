"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { showDone } from "@/components/ui/toast";

/** From the trash only, and it asks: this cannot come back. */
export function EraseButton({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const erase = useMutation(
    trpc.leads.erase.mutationOptions({
      onSuccess: () => {
        showDone("Erased. Files and other people's texts are being looked through now.");
        void queryClient.invalidateQueries();
        router.push("/leads");
      },
    }),
  );
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        Erase for good
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Erase ${name} for good`}
        description="This cannot be undone."
        actions={
          <>
            <Button variant="quiet" onClick={() => setAsking(false)}>
              Cancel
            </Button>
            <Button variant="danger" busy={erase.isPending} onClick={() => erase.mutate({ id })}>
              Erase this person
            </Button>
          </>
        }
      >
        <p className="text-base">
          Facts, mails, answers, drafts, notes and the lists they came in are removed. Counts in reports stay, without them. A keyed hash of
          their address stays, so that nobody here can mail them again, whatever is imported later.
        </p>
        <Problem>{erase.error && sentenceOf(erase.error)}</Problem>
      </Dialog>
    </>
  );
}
