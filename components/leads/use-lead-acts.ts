"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { actThen } from "@/components/trpc/act-then";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";

export type Chosen = RouterInputs["leads"]["bulk"]["selection"];
type Verb = RouterInputs["leads"]["bulk"]["verb"];

/** The verbs over one or many people: at once, with Undo; a long one goes on in the activity tray. */
export function useLeadActs() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = useCallback(() => void queries.invalidateQueries(), [queries]);
  const undo = useMutation(trpc.leads.undoBulk.mutationOptions({ onSettled: refresh }));
  const bulk = useMutation(trpc.leads.bulk.mutationOptions({ onSettled: refresh }));

  const act = (selection: Chosen, verb: Verb, said: (count: string) => string, options: { noUndo?: boolean; onDone?: () => void } = {}) =>
    actThen(
      bulk,
      { selection, verb },
      ({ id, count, isDone }) => {
        const people = `${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}`;
        const takeBack = () =>
          actThen(undo, { id }, (undone) => {
            if (!undone.isDone) showDone("Putting everybody back. Activity shows how far it is.");
          });
        showDone(isDone ? said(people) : `Started with ${people}. Activity shows how far it is.`, options.noUndo ? undefined : takeBack);
      },
      options.onDone,
    );
  return { act, error: bulk.error ?? undo.error, isBusy: bulk.isPending };
}
