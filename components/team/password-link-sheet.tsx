"use client";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { Sheet } from "@/components/ui/dialog";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import type { Member } from "./team-page";

/** A one-time link for a colleague who lost their password; it is shown once. */
export function PasswordLinkSheet({ member, onClose }: { member: Member | null; onClose: () => void }) {
  const trpc = useTRPC();
  const make = useMutation(trpc.teams.passwordLink.mutationOptions());
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Sheet
      open={member !== null}
      onOpenChange={(open) => !open && close()}
      title={`Password link for ${member?.fullName ?? ""}`}
      description={make.data ? undefined : "With it they choose a new password. It works once, for a day; earlier links stop working."}
      actions={
        make.data ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="quiet" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" busy={make.isPending} onClick={() => member && make.mutate({ userId: member.userId })}>
              Make the link
            </Button>
          </>
        )
      }
    >
      {make.data ? (
        <div className="grid gap-3">
          <p className="text-base">Send it to them yourself, and to nobody else: whoever has it signs in as {member?.fullName}.</p>
          <CopyField value={`${window.location.origin}/reset/${make.data.token}`} label="Password link" />
        </div>
      ) : (
        <Problem>{make.error && sentenceOf(make.error)}</Problem>
      )}
    </Sheet>
  );
}
