"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DealBoard, DealRow, Stage } from "#server/deals/schema.ts";
import { actThen } from "@/components/trpc/act-then";
import type { RouterInputs } from "@/components/trpc/client";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toast";

type BoardInput = RouterInputs["deals"]["board"];
export type Closing = { deal: DealRow; stage: Stage };

/**
 * Moves at once on the screen and tells the server; a refusal puts the card back. Won and lost first ask one reason.
 * Undo is the move back.
 */
export function useMoveDeal(boardInput: BoardInput) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = trpc.deals.board.queryKey(boardInput);
  const [closing, setClosing] = useState<Closing | null>(null);
  const change = useMutation(
    trpc.deals.change.mutationOptions({
      onMutate: async ({ id, stageId }) => {
        if (!stageId) return {};
        // A refetch already in flight would put the card back.
        await queryClient.cancelQueries({ queryKey: key });
        const previous = queryClient.getQueryData(key);
        queryClient.setQueryData(key, (board) => board && moved(board, id, stageId));
        return { previous };
      },
      onError: (_error, _input, context) => context?.previous && queryClient.setQueryData(key, context.previous),
      onSettled: () => void queryClient.invalidateQueries(),
    }),
  );
  const send = (deal: DealRow, stage: Stage, reason?: string) =>
    actThen(change, { id: deal.id, stageId: stage.id, fromStageId: deal.stageId, ...(reason && { reason }) }, () =>
      showDone(`Moved ${deal.title} to ${stage.name}.`, () =>
        // Only from where this move put it: who moved it on meanwhile (the same person, too) is not overruled.
        change.mutateAsync({ id: deal.id, stageId: deal.stageId, fromStageId: stage.id, reason: deal.closeReason ?? "Put back" }),
      ),
    );
  return {
    error: change.error,
    isPending: change.isPending,
    closing,
    stopClosing: () => setClosing(null),
    close: (reason: string) => {
      if (closing) send(closing.deal, closing.stage, reason);
      setClosing(null);
    },
    move: (deal: DealRow, stage: Stage) => {
      if (stage.id === deal.stageId) return;
      if (stage.kind === "won" || stage.kind === "lost") setClosing({ deal, stage });
      else send(deal, stage);
    },
  };
}

/** The board as it will be: counts and sums follow the card. */
function moved(board: DealBoard, dealId: string, stageId: string): DealBoard {
  const card = board.columns.flatMap((column) => column.deals).find((deal) => deal.id === dealId);
  const target = board.columns.find((column) => column.id === stageId);
  if (!card || !target || card.stageId === stageId) return board;
  const isAccepted = card.acceptedAt !== null || (target.kind !== "booked" && !(target.kind === "lost" && card.stageKind === "booked"));
  const counts = (accepted: boolean) => (accepted ? (card.amountCents ?? 0) : 0);
  const arrived: DealRow = {
    ...card,
    stageId,
    stageName: target.name,
    stageKind: target.kind,
    stageSince: board.now,
    acceptedAt: target.kind === "booked" || !isAccepted ? null : (card.acceptedAt ?? board.now),
  };
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.id === card.stageId) {
        return {
          ...column,
          count: column.count - 1,
          sumCents: column.sumCents - counts(card.acceptedAt !== null),
          deals: column.deals.filter((deal) => deal.id !== dealId),
        };
      }
      if (column.id !== stageId) return column;
      return {
        ...column,
        count: column.count + 1,
        sumCents: column.sumCents + counts(arrived.acceptedAt !== null),
        deals: [arrived, ...column.deals],
      };
    }),
  };
}
