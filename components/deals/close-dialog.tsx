"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { RadioGroup } from "@/components/ui/radio";
import type { Closing } from "./use-move-deal";

const REASONS = {
  won: ["They needed it now", "Better than what they had", "Price", "We were recommended"],
  lost: ["No budget", "No decision", "Chose another", "Not a good fit", "Bad time"],
};
const OTHER = "other";

/** One reason, asked once. */
export function CloseDialog({ closing, onClose, onSave }: { closing: Closing; onClose: () => void; onSave: (reason: string) => void }) {
  const isWon = closing.stage.kind === "won";
  const reasons = REASONS[isWon ? "won" : "lost"];
  const [picked, setPicked] = useState(reasons[0] ?? OTHER);
  const [own, setOwn] = useState("");
  const reason = picked === OTHER ? own.trim() : picked;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={<bdi>{`${closing.stage.name}: ${closing.deal.title}`}</bdi>}
      description={isWon ? "Why did they buy? One reason is enough." : "Why was it lost? One reason is enough."}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Back
          </Button>
          <Button variant="primary" disabled={reason === ""} onClick={() => onSave(reason)}>
            {isWon ? "Mark as won" : "Mark as lost"}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <RadioGroup
          label="Reason"
          value={picked}
          onChange={setPicked}
          options={[...reasons.map((each) => ({ value: each, label: each })), { value: OTHER, label: "Something else" }]}
        />
        {picked === OTHER && (
          <Labelled id="close-reason" label="Reason">
            <Input id="close-reason" maxLength={300} value={own} onChange={(event) => setOwn(event.target.value)} />
          </Labelled>
        )}
      </div>
    </Dialog>
  );
}
