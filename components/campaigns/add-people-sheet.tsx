"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { MOST_CHANGED } from "#server/enrolments/constants.ts";
import type { SplitCode } from "#server/enrolments/schema.ts";
import { actThen } from "@/components/trpc/act-then";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Sheet } from "@/components/ui/dialog";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { showDone } from "@/components/ui/toast";
import { AudienceSplitView } from "./audience-split";
import { useCampaignsChanged } from "./use-campaign-act";

/** Whom: chosen people, or everybody who matches a filter. */
export type ChosenPeople = Pick<RouterInputs["enrolments"]["split"], "leadIds" | "filter" | "except">;

type AddPeopleSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** From a campaign: the campaign is known and people are chosen here. */
  campaignId?: string;
  /** From a list of people: people are known and the campaign is chosen here. */
  people?: ChosenPeople;
  onAdded?: () => void;
};

const FREE: ChosenPeople = { filter: { state: ["free"], grade: ["A", "B"] } };
const ANYBODY_FREE: ChosenPeople = { filter: { state: ["free"] } };

/** *Add to campaign*, from both sides. It always shows the split before it acts. */
export function AddPeopleSheet({ open, onOpenChange, campaignId, people, onAdded }: AddPeopleSheetProps) {
  const trpc = useTRPC();
  const ids = { campaign: useId(), who: useId() };
  const changed = useCampaignsChanged();
  const options = useQuery(trpc.campaigns.options.queryOptions({}, { enabled: open }));
  const [chosenCampaign, setChosenCampaign] = useState<string | null>(null);
  const [who, setWho] = useState<string | null>(null);
  const [include, setInclude] = useState<SplitCode[]>([]);
  const split = useMutation(trpc.enrolments.split.mutationOptions());
  const add = useMutation(trpc.enrolments.add.mutationOptions({ onSettled: changed }));
  const undoAdd = useMutation(trpc.enrolments.undoAdd.mutationOptions({ onSettled: changed }));

  const id = campaignId ?? chosenCampaign;
  const target: RouterInputs["enrolments"]["split"] | null =
    id === null ? null : people ? { id, ...people, include } : who === null ? null : { id, ...peopleOf(who), include };
  const asked = JSON.stringify(target);
  const ask = split.mutate;
  useEffect(() => {
    if (open && asked !== "null") ask(JSON.parse(asked));
  }, [open, asked, ask]);

  const campaign = options.data?.campaigns.find((candidate) => candidate.id === id);
  const count = split.data?.willBeAdded ?? 0;
  const close = () => {
    onOpenChange(false);
    setInclude([]);
    split.reset();
    if (add.isError) add.reset();
  };
  // Everybody who matches may be more than one request takes back.
  const takeBack = async (campaign: string, enrolmentIds: readonly string[]) => {
    for (let from = 0; from < enrolmentIds.length; from += MOST_CHANGED)
      await undoAdd.mutateAsync({ id: campaign, enrolmentIds: enrolmentIds.slice(from, from + MOST_CHANGED) });
  };
  const act = () => {
    if (!target) return;
    actThen(
      add,
      target,
      ({ added, enrolmentIds }) =>
        showDone(
          `Added ${added} ${added === 1 ? "person" : "people"}${campaign ? ` to ${campaign.name}` : ""}.`,
          added > 0 ? () => takeBack(target.id, enrolmentIds) : undefined,
        ),
      () => {
        close();
        onAdded?.();
      },
    );
  };
  const failed = add.error ?? split.error ?? options.error;
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={campaignId ? "Add people" : "Add to campaign"}
      description="Nobody is added before you have seen who."
      actions={
        <>
          <Button variant="quiet" onClick={close}>
            Cancel
          </Button>
          <Button variant="primary" busy={add.isPending} disabled={!split.data || count === 0} onClick={act}>
            {split.data ? `Add ${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}` : "Add people"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {!campaignId && (
          <Labelled id={ids.campaign} label="Campaign">
            <Combobox
              id={ids.campaign}
              options={(options.data?.campaigns ?? []).map((option) => ({ value: option.id, label: option.name, detail: option.status }))}
              value={chosenCampaign}
              onChange={setChosenCampaign}
            />
          </Labelled>
        )}
        {!people && (
          <Labelled id={ids.who} label="Who" hint="To pick people one by one, choose them under Leads and press C.">
            <Combobox
              id={ids.who}
              options={[
                { value: "free-ab", label: "Free people graded A or B" },
                { value: "free", label: "All free people" },
                ...(options.data?.lists ?? []).map((list) => ({ value: list.id, label: list.name, detail: "list" })),
              ]}
              value={who}
              onChange={setWho}
            />
          </Labelled>
        )}
        <Problem>{failed && sentenceOf(failed)}</Problem>
        {split.isPending && !split.data && <SkeletonRows rows={3} label="Who can be added" />}
        {split.data && <AudienceSplitView split={split.data} include={include} onInclude={setInclude} />}
        {campaign?.status === "running" && count > 0 && (
          <p className="text-sm text-muted">The campaign is running: their first mails are planned at once.</p>
        )}
        {options.data?.campaigns.length === 0 && <ButtonLink href="/campaigns/new">New campaign</ButtonLink>}
      </div>
    </Sheet>
  );
}

function peopleOf(who: string): ChosenPeople | { listId: string } {
  if (who === "free-ab") return FREE;
  return who === "free" ? ANYBODY_FREE : { listId: who };
}
