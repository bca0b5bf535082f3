"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/components/trpc/client";

/** After an act on a campaign everything that shows campaigns, people, drafts or the frame is read again. */
export function useCampaignsChanged(): () => void {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useCallback(() => {
    for (const key of [trpc.campaigns.pathKey(), trpc.enrolments.pathKey(), trpc.navigation.pathKey()])
      void client.invalidateQueries({ queryKey: key });
  }, [client, trpc]);
}
