"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { actThen } from "@/components/trpc/act-then";
import type { RouterInputs } from "@/components/trpc/client";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";

type Said = RouterInputs["meetings"]["outcome"] & { name: string };

export type OutcomeActs = ReturnType<typeof useOutcome>;

/** Says what came of a meeting, at once and with undo; everything that counts it is read again. */
export function useOutcome() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries();
  const clear = useMutation(trpc.meetings.clearOutcome.mutationOptions({ onSettled: refresh }));
  const say = useMutation(trpc.meetings.outcome.mutationOptions({ onSettled: refresh }));
  return {
    isPending: say.isPending,
    /** Of which meeting it is being said. */
    pendingId: say.isPending ? say.variables.id : null,
    error: say.error ?? clear.error,
    say: ({ name, ...input }: Said, onDone?: () => void) =>
      actThen(
        say,
        input,
        () =>
          showDone(input.outcome === "held" ? `${name}: the meeting was held.` : `${name} did not come.`, () =>
            clear.mutateAsync({ id: input.id }),
          ),
        onDone,
      ),
  };
}
