"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CLASS_WORDS } from "#server/replies/constants.ts";
import type { ReplyClass, ReplyDetail } from "#server/replies/schema.ts";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";
import { forgetAnswer, keepAnswer } from "./kept-answers";

/** Everything that can be done with one reply. Each act happens at once and can be taken back. */
export function useReplyActs(reply: Pick<ReplyDetail, "id" | "class" | "status" | "untilOn"> | undefined, onRemoved: () => void) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const id = reply?.id ?? "";
  // People, campaigns, tasks and counts follow what is said here.
  const onSettled = () => void client.invalidateQueries();
  const change = useMutation(trpc.replies.change.mutationOptions({ onSettled }));
  // Reading changes nobody else's page: only the list of replies is asked again.
  const read = useMutation(
    trpc.replies.change.mutationOptions({ onSettled: () => void client.invalidateQueries(trpc.replies.list.pathFilter()) }),
  );
  const undoOne = useMutation(trpc.replies.undo.mutationOptions({ onSettled, onSuccess: (result) => showDone(`${result.says}.`) }));
  const takeBack = useMutation(trpc.replies.takeBack.mutationOptions({ onSettled, onSuccess: (result) => showDone(result.says) }));
  const unsend = (text: string | undefined, replyId: string) =>
    actThen(takeBack, { id: replyId }, () => text !== undefined && keepAnswer(replyId, text));
  const answer = useMutation(
    trpc.replies.answer.mutationOptions({
      onSettled,
      onSuccess: (_sent, { id: replyId, text }) => {
        forgetAnswer(replyId);
        showDone("The answer leaves in 10 seconds.", () => unsend(text, replyId));
      },
    }),
  );
  const discard = useMutation(trpc.replies.discard.mutationOptions({ onSettled, onSuccess: (result) => showDone(`${result.says}.`) }));
  return {
    error: change.error ?? undoOne.error ?? answer.error ?? discard.error ?? takeBack.error,
    isBusy: change.isPending || answer.isPending || undoOne.isPending,
    isAnswering: answer.isPending,
    setClass: (name: ReplyClass) => {
      if (!reply || name === reply.class) return;
      const before = reply.class;
      actThen(change, { id, class: name }, (result) =>
        showDone(result.says, () => actThen(change, { id, class: before }, () => showDone(`${CLASS_WORDS[before]} again.`))),
      );
    },
    setUntil: (untilOn: string | null) => actThen(change, { id, untilOn }, (result) => showDone(result.says)),
    /** `onMarked` once it is so: a refusal is said here, not where the next one is read. */
    setDone: (isDone: boolean, onMarked: () => void) =>
      actThen(
        change,
        { id, status: isDone ? "done" : "needs_me" },
        () =>
          isDone ? showDone("Marked as done.", () => change.mutateAsync({ id, status: "needs_me" })) : showDone("It waits for you again."),
        onMarked,
      ),
    markRead: () => read.mutate({ id, isRead: true }),
    remove: () => actThen(change, { id, notAReply: true }, () => showDone("Removed from this workspace."), onRemoved),
    undo: (index: number) => undoOne.mutate({ id, index }),
    send: (input: { draftId: string } | { text: string }, onSent: () => void) => answer.mutate({ id, ...input }, { onSuccess: onSent }),
    discard: () => discard.mutate({ id }),
  };
}
export type ReplyActs = ReturnType<typeof useReplyActs>;
