"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import type { BulkKind } from "./bulk-verbs";
import { type Chosen, useLeadActs } from "./use-lead-acts";

const CLOSED_REASONS = [
  { value: "asked_to_wait", label: "Asked to wait" },
  { value: "customer", label: "Customer" },
  { value: "competitor", label: "Competitor" },
  { value: "legal", label: "Legal" },
  { value: "other", label: "Other" },
] as const;
type ClosedReason = (typeof CLOSED_REASONS)[number]["value"];

/** The one question that some verbs need: which owner, which list, why closed. */
export function BulkDialog({
  kind,
  chosen,
  count,
  onClose,
  onDone = () => {},
}: {
  kind: BulkKind;
  chosen: Chosen;
  count: number;
  onClose: () => void;
  /** Not called by Cancel: who was chosen stays chosen. */
  onDone?: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = useQuery(trpc.leads.options.queryOptions({}));
  const [picked, setPicked] = useState<string | null>(null);
  const [newList, setNewList] = useState("");
  const [reason, setReason] = useState<ClosedReason>("other");
  const { act, error, isBusy } = useLeadActs();
  const createList = useMutation(
    trpc.lists.create.mutationOptions({ onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.leads.options.queryKey() }) }),
  );
  const people = `${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}`;
  const nameOf = (list: readonly { id: string; name: string }[] | undefined) => list?.find((each) => each.id === picked)?.name ?? "";

  const finish = () => {
    onDone();
    onClose();
  };
  const submit = async () => {
    if (kind === "owner" && picked)
      act(chosen, { kind: "assign", ownerId: picked }, (done) => `Gave ${done} to ${nameOf(options.data?.owners)}.`, { onDone: finish });
    if (kind === "closed")
      act(chosen, { kind: "do_not_contact", reason }, (done) => `Closed ${done} for mails.`, { onDone: finish, noUndo: true });
    if (kind === "list") {
      const listId = newList.trim() ? (await createList.mutateAsync({ name: newList.trim() })).id : picked;
      if (listId)
        act(chosen, { kind: "add_to_list", listId }, (done) => `Added ${done} to ${newList.trim() || nameOf(options.data?.lists)}.`, {
          onDone: finish,
        });
    }
  };
  const title = { owner: "Choose the owner", list: "Add to a list", closed: `Close ${people} for mails` }[kind];
  const verb = { owner: `Give ${people}`, list: `Add ${people}`, closed: `Close ${people}` }[kind];
  const isReady = kind === "closed" || picked !== null || (kind === "list" && newList.trim() !== "");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      {...(kind === "closed" && { description: "Nobody can mail them any more; their campaigns stop. Lifting it later needs a reason." })}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={isBusy || createList.isPending} disabled={!isReady} onClick={() => void submit()}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {kind === "owner" && (
          <Labelled id="bulk-owner" label="Owner">
            <Combobox
              id="bulk-owner"
              options={(options.data?.owners ?? []).map((owner) => ({ value: owner.id, label: owner.name }))}
              value={picked}
              onChange={setPicked}
            />
          </Labelled>
        )}
        {kind === "list" && (
          <>
            <Labelled id="bulk-list" label="List">
              <Combobox
                id="bulk-list"
                options={(options.data?.lists ?? []).map((list) => ({ value: list.id, label: list.name }))}
                value={picked}
                onChange={setPicked}
                none="No list of this name."
              />
            </Labelled>
            <Labelled id="bulk-new-list" label="Or a new list">
              <Input id="bulk-new-list" value={newList} onChange={(event) => setNewList(event.target.value)} />
            </Labelled>
          </>
        )}
        {kind === "closed" && (
          <Labelled id="bulk-reason" label="Reason">
            <Select id="bulk-reason" options={CLOSED_REASONS} value={reason} onChange={setReason} />
          </Labelled>
        )}
        <Problem>{(error ?? createList.error ?? options.error) && sentenceOf(error ?? createList.error ?? options.error)}</Problem>
      </div>
    </Dialog>
  );
}
