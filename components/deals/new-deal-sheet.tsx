"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readAmount } from "#server/deals/constants.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { showDone } from "@/components/ui/toast";
import { PersonPicker } from "./person-picker";

export function NewDealSheet({ onClose, lead }: { onClose: () => void; lead?: { id: string; name: string } }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const pipelines = useQuery(trpc.deals.pipelines.queryOptions({}));
  const stages = pipelines.data?.items[0]?.stages.filter((stage) => stage.kind === "open") ?? [];
  const [title, setTitle] = useState(lead?.name ?? "");
  const [amount, setAmount] = useState("");
  const [stageId, setStageId] = useState("");
  const [closeOn, setCloseOn] = useState("");
  const [nextStep, setNextStep] = useState("");
  const [nextOn, setNextOn] = useState("");
  const [leadId, setLeadId] = useState<string | null>(lead?.id ?? null);
  const cents = readAmount(amount);
  const create = useMutation(
    trpc.deals.create.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(),
      onSuccess: (deal) => {
        showDone(`Opened ${deal.title}.`);
        onClose();
      },
    }),
  );
  const isReady = title.trim() !== "" && cents !== undefined;
  const submit = () => {
    // Enter in a field asks again while the first answer is on its way, which the button does not.
    if (!isReady || create.isPending) return;
    create.mutate({
      title: title.trim(),
      amountCents: cents,
      ...(leadId && { leadId }),
      ...(stageId && { stageId }),
      ...(closeOn && { closeOn }),
      ...(nextStep.trim() && { nextStep: nextStep.trim() }),
      ...(nextOn && { nextOn }),
    });
  };
  const field = (
    id: string,
    label: string,
    value: string,
    onChange: (value: string) => void,
    more: { type?: string; hint?: string; problem?: string | undefined } = {},
  ) => (
    <Labelled id={id} label={label} hint={more.hint} problem={more.problem}>
      <Input id={id} type={more.type ?? "text"} value={value} maxLength={300} onChange={(event) => onChange(event.target.value)} />
    </Labelled>
  );
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="New deal"
      description="A deal that you open counts at once."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Back
          </Button>
          <Button variant="primary" busy={create.isPending} disabled={!isReady} onClick={submit}>
            Open deal
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
        {field("deal-title", "Name", title, setTitle, { hint: "The company, or what they want" })}
        {!lead && (
          <Labelled id="deal-person" label="Person" hint="Optional">
            <PersonPicker id="deal-person" value={leadId} onChange={setLeadId} />
          </Labelled>
        )}
        {field("deal-amount", `Amount${pipelines.data?.items[0] ? `, ${pipelines.data.items[0].currency}` : ""}`, amount, setAmount, {
          problem: cents === undefined ? "Write an amount such as 12,500." : undefined,
        })}
        {stages.length > 0 && (
          <Labelled id="deal-stage" label="Stage">
            <Select
              id="deal-stage"
              options={stages.map((stage) => ({ value: stage.id, label: stage.name }))}
              value={stageId || (stages[0]?.id ?? "")}
              onChange={setStageId}
            />
          </Labelled>
        )}
        {field("deal-close", "Closes on", closeOn, setCloseOn, { type: "date" })}
        {field("deal-step", "Next step", nextStep, setNextStep)}
        {field("deal-on", "By", nextOn, setNextOn, { type: "date" })}
        <Problem>{create.error && sentenceOf(create.error)}</Problem>
        <button type="submit" hidden />
      </form>
    </Sheet>
  );
}
