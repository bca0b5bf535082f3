"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";

type Task = { id: string; title: string };

export type TaskActs = ReturnType<typeof useTask>;

/** Done, undone, and proposals accepted. Whatever is shown is read again after each. */
export function useTask() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries();
  const undo = useMutation(trpc.tasks.undo.mutationOptions({ onSettled: refresh }));
  const done = useMutation(trpc.tasks.done.mutationOptions({ onSettled: refresh }));
  const accept = useMutation(trpc.tasks.accept.mutationOptions({ onSettled: refresh }));
  return {
    error: done.error ?? accept.error ?? undo.error,
    isPending: done.isPending || accept.isPending,
    /** Which task is on its way. */
    pendingId: done.isPending ? done.variables.id : accept.isPending ? accept.variables.id : null,
    done: (task: Task, onDone?: () => void) =>
      actThen(done, { id: task.id }, () => showDone(`Done: ${task.title}.`, () => undo.mutateAsync({ id: task.id })), onDone),
    accept: (task: Task, message: { subject?: string; text?: string } = {}, onDone?: () => void) =>
      actThen(accept, { id: task.id, ...message }, ({ said }) => showDone(`${said}.`), onDone),
  };
}
