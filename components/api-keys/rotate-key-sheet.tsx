"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { Sheet } from "@/components/ui/dialog";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { Instant } from "@/components/ui/time/relative-time";

const OVERLAPS = [
  { value: "0", label: "Stops at once" },
  { value: "1", label: "An hour" },
  { value: "24", label: "A day" },
  { value: "168", label: "A week" },
];
type Props = { replacing: { id: string; name: string } | null; onClose: () => void; onRotated: () => void };

/** A new key with the same rights; the old one goes on for a while, so that nothing stops. */
export function RotateKeySheet({ replacing, onClose, onRotated }: Props) {
  const trpc = useTRPC();
  const [overlap, setOverlap] = useState("24");
  const rotate = useMutation(trpc.apiKeys.rotate.mutationOptions({ onSuccess: onRotated }));
  const close = () => {
    rotate.reset();
    onClose();
  };
  const made = rotate.data;
  return (
    <Sheet
      open={replacing !== null}
      onOpenChange={(open) => !open && close()}
      title={`Replace ${replacing?.name ?? "the key"}`}
      description={made ? undefined : "You get a new key with the same rights."}
      actions={
        made ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="quiet" onClick={close}>
              Cancel
            </Button>
            <Button
              variant="primary"
              busy={rotate.isPending}
              onClick={() => replacing && rotate.mutate({ id: replacing.id, overlapHours: Number(overlap) })}
            >
              Make the new key
            </Button>
          </>
        )
      }
    >
      {made ? (
        <div className="grid gap-3">
          <p className="text-base">
            Copy it now: it is not shown again. The old key stops <Instant at={made.oldEndsAt} />.
          </p>
          <CopyField value={made.key} label="API key" />
        </div>
      ) : (
        <div className="grid gap-4">
          <Labelled id="overlap" label="The old key goes on for">
            <Select id="overlap" options={OVERLAPS} value={overlap} onChange={setOverlap} />
          </Labelled>
          <Problem>{rotate.error && sentenceOf(rotate.error)}</Problem>
        </div>
      )}
    </Sheet>
  );
}
