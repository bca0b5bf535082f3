"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";

type Task = { id: string; title: string };

/** Done, undone, and proposals accepted. The queue is read again after each. */
export function useTask() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => {
    for (const filter of [trpc.today, trpc.tasks, trpc.navigation]) void queryClient.invalidateQueries(filter.pathFilter());
  };
  const undo = useMutation(trpc.tasks.undo.mutationOptions({ onSettled: refresh }));
  const done = useMutation(trpc.tasks.done.mutationOptions({ onSettled: refresh }));
  const accept = useMutation(trpc.tasks.accept.mutationOptions({ onSettled: () => void queryClient.invalidateQueries() }));
  return {
    error: done.error ?? accept.error ?? undo.error,
    isPending: done.isPending || accept.isPending,
    done: (task: Task, onDone?: () => void) =>
      done.mutate(
        { id: task.id },
        {
          onSuccess: () => {
            showDone(`Done: ${task.title}.`, () => undo.mutate({ id: task.id }));
            onDone?.();
          },
        },
      ),
    accept: (task: Task, message: { subject?: string; text?: string } = {}, onDone?: () => void) =>
      accept.mutate(
        { id: task.id, ...message },
        {
          onSuccess: ({ said }) => {
            showDone(`${said}.`);
            onDone?.();
          },
        },
      ),
  };
}
