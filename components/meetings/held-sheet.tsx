"use client";
import { useState } from "react";
import { readAmount } from "#server/deals/constants.ts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { RadioGroup } from "@/components/ui/radio";
import { useOutcome } from "./use-outcome";

type Meeting = { id: string; attendeeName: string; company: string | null };

/** It took place: was it worth it, and what comes next? A good fit accepts the deal, which then counts. */
export function HeldSheet({ meeting, onClose, onSaved }: { meeting: Meeting; onClose: () => void; onSaved?: () => void }) {
  const outcome = useOutcome();
  const [fit, setFit] = useState<"yes" | "no" | "later">("yes");
  const [amount, setAmount] = useState("");
  const [nextStep, setNextStep] = useState("");
  const [nextOn, setNextOn] = useState("");
  const [reason, setReason] = useState("");
  const cents = readAmount(amount);
  const save = () => {
    // Enter in a field asks again while the first answer is on its way, which the button does not.
    // An amount that cannot be read stops nothing where none is asked.
    if ((fit === "yes" && cents === undefined) || outcome.isPending) return;
    outcome.say(
      {
        id: meeting.id,
        name: meeting.attendeeName,
        outcome: "held",
        ...(fit !== "later" && { goodFit: fit === "yes" }),
        ...(fit === "yes" && typeof cents === "number" && { amountCents: cents }),
        ...(fit === "yes" && nextStep.trim() && { nextStep: nextStep.trim() }),
        ...(fit === "yes" && nextOn && { nextOn }),
        ...(fit === "no" && reason.trim() && { lostReason: reason.trim() }),
      },
      () => {
        onSaved?.();
        onClose();
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={<bdi>Held: {meeting.attendeeName}</bdi>}
      description="A good fit makes the deal count from now on."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Back
          </Button>
          <Button variant="primary" busy={outcome.isPending} onClick={save}>
            Save outcome
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <RadioGroup
          label="Good fit?"
          value={fit}
          onChange={(value) => setFit(value as typeof fit)}
          options={[
            { value: "yes", label: "Yes, accept the deal" },
            { value: "no", label: "No, close the deal" },
            { value: "later", label: "Decide later" },
          ]}
        />
        {fit === "yes" && (
          <>
            <Labelled
              id="held-amount"
              label="Amount, a guess"
              hint="Leave it empty when nothing was said."
              problem={cents === undefined ? "Write an amount such as 12,500." : undefined}
            >
              <Input
                id="held-amount"
                inputMode="decimal"
                value={amount}
                onChange={(event) => setAmount(event.target.value)}
                placeholder="12,500"
              />
            </Labelled>
            <Labelled id="held-step" label="Next step">
              <Input
                id="held-step"
                maxLength={300}
                value={nextStep}
                onChange={(event) => setNextStep(event.target.value)}
                placeholder="Send the plan"
              />
            </Labelled>
            <Labelled id="held-on" label="By">
              <Input id="held-on" type="date" value={nextOn} onChange={(event) => setNextOn(event.target.value)} />
            </Labelled>
          </>
        )}
        {fit === "no" && (
          <Labelled id="held-reason" label="Why not" hint="One reason is enough.">
            <Input
              id="held-reason"
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              placeholder="Too small"
            />
          </Labelled>
        )}
        <Problem>{outcome.error && sentenceOf(outcome.error)}</Problem>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
