"use client";
import { useId, useState } from "react";
import { suppressionReasonLabels } from "#server/compliance/constants.ts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import type { Suppression } from "./do-not-contact-page";

type LiftDialogProps = {
  suppression: Suppression;
  isBusy: boolean;
  problem: string | null | undefined;
  onClose: () => void;
  onLift: (reason: string) => void;
};

/** What a person asked for is lifted only with a reason, which stays in the audit. */
export function LiftDialog({ suppression, isBusy, problem, onClose, onLift }: LiftDialogProps) {
  const id = useId();
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          Lift <bdi>{suppression.value}</bdi>
        </>
      }
      description={`${suppressionReasonLabels[suppression.reason]}. After this they can be written to again.`}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" busy={isBusy} disabled={reason.trim() === ""} onClick={() => onLift(reason.trim())}>
            Lift it
          </Button>
        </>
      }
    >
      <Labelled id={id} label="Reason" hint="Kept in the audit with your name." problem={problem ?? undefined}>
        <Input
          id={id}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder="Called us on 3 March and asked for the offer"
        />
      </Labelled>
    </Dialog>
  );
}
