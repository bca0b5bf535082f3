"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CampaignStep, StepInput } from "#server/campaigns/schema.ts";
import { PageBody } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState, Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { showDone } from "@/components/ui/toast";
import { StepPreview } from "@/components/writing/step-preview";
import { type EditedStep, StepRow } from "./step-row";
import { useCampaignsChanged } from "./use-campaign-act";

type Preview = RouterOutputs["campaigns"]["previewSteps"];

export function CampaignSteps({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.campaigns.get.queryOptions({ id }));
  if (!query.data) return <SkeletonRows label="Steps" />;
  return <StepEditor key={id} id={id} name={query.data.name} saved={query.data.steps} />;
}

const inputsOf = (steps: readonly CampaignStep[]) => steps.map(({ id, kind, config }) => ({ id, kind, config }) as StepInput);
const rowsOf = (steps: readonly CampaignStep[]): EditedStep[] => inputsOf(steps).map((input) => ({ key: input.id ?? "", input }));
const wordsOf = (steps: readonly CampaignStep[]) => JSON.stringify(inputsOf(steps));

function StepEditor({ id, name, saved }: { id: string; name: string; saved: CampaignStep[] }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const changed = useCampaignsChanged();
  const canWrite = useCan("campaigns:write");
  const [steps, setSteps] = useState<EditedStep[]>(() => rowsOf(saved));
  /** What the edit began with, and what this editor saved last. */
  const [base, setBase] = useState(saved);
  const [mine, setMine] = useState<string | null>(null);
  const [asked, setAsked] = useState<Preview | null>(null);
  const inputs = steps.map((step) => step.input);
  const isChanged = JSON.stringify(inputs) !== wordsOf(base);
  const begin = () => {
    setMine(null);
    setBase(saved);
    setSteps(rowsOf(saved));
  };
  // What is on the server is what is edited, but nothing that a colleague saves takes away what is typed here.
  const words = wordsOf(saved);
  const isOther = words !== wordsOf(base);
  if (isOther && (!isChanged || words === mine)) begin();
  const save = useMutation(
    trpc.campaigns.setSteps.mutationOptions({
      onSuccess: ({ steps: kept }) => {
        setAsked(null);
        setMine(wordsOf(kept));
        changed();
        showDone(`Saved the steps of ${name}.`);
      },
      onError: () => {
        setAsked(null);
        changed();
      },
    }),
  );
  const keep = (scope: "everybody" | "new_only") => save.mutate({ id, steps: inputs, scope, before: inputsOf(base) });
  const check = useMutation({
    mutationFn: () =>
      client.fetchQuery(trpc.campaigns.previewSteps.queryOptions({ id, steps: inputs, scope: "everybody" }, { staleTime: 0 })),
    onSuccess: (preview) => (preview.waiting > 0 ? setAsked(preview) : keep("everybody")),
  });
  const failed = save.error ?? check.error;

  const change = (index: number, input: StepInput) => setSteps(steps.map((step, at) => (at === index ? { ...step, input } : step)));
  const remove = (index: number) => setSteps(steps.filter((_, at) => at !== index));
  const move = (index: number, by: number) => {
    const next = [...steps];
    const [step] = next.splice(index, 1);
    if (step) next.splice(index + by, 0, step);
    setSteps(next);
  };
  // Counted up and never taken again: two rows of one key are drawn as one after the other is removed.
  const made = useRef(0);
  const fresh = (input: StepInput): EditedStep => ({ key: `new-${made.current++}`, input });
  const add = (input: StepInput) => setSteps([...steps, fresh(input)]);
  const addMail = () => {
    const isFirst = !steps.some((step) => step.input.kind === "email");
    if (!isFirst && steps.at(-1)?.input.kind === "email") {
      return setSteps([...steps, fresh({ kind: "wait", config: { workingDays: 3 } }), fresh(mail("remind"))]);
    }
    add(isFirst ? mail("introduce") : mail("remind"));
  };

  let number = 0;
  return (
    <PageBody className="grid max-w-3xl content-start gap-4">
      {steps.length === 0 && <EmptyState>The mails of this campaign, and the working days between them.</EmptyState>}
      <ol className="border-t border-line">
        {steps.map((step, index) => {
          if (step.input.kind === "email") number += 1;
          return (
            <StepRow
              key={step.key}
              step={step.input}
              mailNumber={number}
              place={index + 1}
              canWrite={canWrite}
              onChange={(input) => change(index, input)}
              onRemove={() => remove(index)}
              {...(index > 0 && { onUp: () => move(index, -1) })}
              {...(index < steps.length - 1 && { onDown: () => move(index, 1) })}
            />
          );
        })}
      </ol>
      {canWrite && (
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={addMail}>Add mail</Button>
          <Button onClick={() => add({ kind: "wait", config: { workingDays: 3 } })}>Add wait</Button>
          <span className="flex-1" />
          {isChanged && (
            <>
              <Button
                variant="quiet"
                onClick={() => {
                  save.reset();
                  begin();
                }}
              >
                Discard changes
              </Button>
              <Button variant="primary" busy={check.isPending || save.isPending} onClick={() => check.mutate()}>
                Save steps
              </Button>
            </>
          )}
        </div>
      )}
      {isChanged && isOther && (
        <Notice>Somebody else saved other steps meanwhile. What you typed is still here; Discard changes shows what they saved.</Notice>
      )}
      <Problem>{failed && sentenceOf(failed)}</Problem>
      <p className="text-sm text-muted">
        Working days are those of the person who receives: their weekend, their public holidays. Follow-ups leave from the mailbox that
        wrote first.
      </p>
      {!isChanged && (
        <StepPreview
          key={words}
          campaignId={id}
          mails={saved.filter((step) => step.kind === "email").map((step, index) => ({ stepId: step.id, label: `Mail ${index + 1}` }))}
        />
      )}
      <ScopeDialog preview={asked} busy={save.isPending} onClose={() => setAsked(null)} onChoose={keep} />
    </PageBody>
  );
}

const mail = (intent: "introduce" | "remind"): StepInput => ({
  kind: "email",
  config: { thread: intent === "introduce" ? "new" : "same", intent, instruction: "", subject: null },
});

/** "37 people are on this step: apply to them / only to new ones". */
function ScopeDialog({
  preview,
  busy,
  onChoose,
  onClose,
}: {
  preview: Preview | null;
  busy: boolean;
  onChoose: (scope: "everybody" | "new_only") => void;
  onClose: () => void;
}) {
  const waiting = preview?.waiting ?? 0;
  return (
    <Dialog
      open={preview !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`${waiting} ${waiting === 1 ? "person is" : "people are"} on a step that you changed`}
      description="Apply to them: a changed mail is written again and needs approval again, and a changed wait moves their next mail. Only to new ones: they get their next mail as it was, when it was."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep editing
          </Button>
          <Button busy={busy} onClick={() => onChoose("new_only")}>
            Only to new ones
          </Button>
          <Button variant="primary" busy={busy} onClick={() => onChoose("everybody")}>
            Apply to them
          </Button>
        </>
      }
    >
      <ul className="text-sm">
        {preview?.affected.map((step) => (
          <li key={step.stepId}>
            {step.label}: {step.people}
          </li>
        ))}
      </ul>
      {preview?.faults.map((fault) => (
        <Notice key={fault}>{fault}</Notice>
      ))}
    </Dialog>
  );
}
