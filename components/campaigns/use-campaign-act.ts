"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** After an act on a campaign what is shown is read again: people and what is best next for them, drafts, Today, the history. */
export function useCampaignsChanged(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries(), [client]);
}
