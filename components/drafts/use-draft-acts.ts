"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { DraftView, RejectReason } from "#server/writing/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";

/** Approve, reject, edit. Each answers at once; the list follows. */
export function useDraftActs(onGone: (draftId: string) => void, onBack: (draftId: string) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.drafts.pathFilter()),
      queryClient.invalidateQueries(trpc.navigation.pathFilter()),
      queryClient.invalidateQueries(trpc.campaigns.pathFilter()),
    ]);
  const withdraw = useMutation(trpc.drafts.withdraw.mutationOptions({ onSettled: refresh }));
  const takeBack = useMutation(trpc.drafts.takeBack.mutationOptions({ onSettled: refresh }));
  const approve = useMutation(
    trpc.drafts.approve.mutationOptions({
      onMutate: ({ id }) => onGone(id),
      onError: (_error, { id }) => onBack(id),
      onSuccess: (draft) =>
        showDone(`Approved the mail to ${draft.lead.fullName}.`, () => {
          onBack(draft.id);
          return withdraw.mutateAsync({ id: draft.id });
        }),
      onSettled: refresh,
    }),
  );
  const reject = useMutation(
    trpc.drafts.reject.mutationOptions({
      onMutate: ({ id }) => onGone(id),
      onError: (_error, { id }) => onBack(id),
      onSuccess: ({ next }, { id }) =>
        showDone(next ? "Rejected. Another draft is written." : "Rejected.", () => {
          onBack(id);
          return takeBack.mutateAsync({ id });
        }),
      onSettled: refresh,
    }),
  );
  const edit = useMutation(trpc.drafts.edit.mutationOptions({ onSettled: refresh }));
  const approvePassing = useMutation(
    trpc.drafts.approvePassing.mutationOptions({
      onSuccess: ({ approved }) => showDone(`Approved ${approved} ${approved === 1 ? "mail" : "mails"}.`),
      onSettled: refresh,
    }),
  );
  return {
    approve: (draft: DraftView) => approve.mutate({ id: draft.id }),
    reject: (draft: DraftView, reason: RejectReason) => reject.mutate({ id: draft.id, reason }),
    edit,
    approvePassing,
    error: approve.error ?? reject.error ?? withdraw.error ?? takeBack.error,
  };
}

export type EditDraft = ReturnType<typeof useDraftActs>["edit"];
