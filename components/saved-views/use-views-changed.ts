"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

export function useViewsChanged() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => void queries.invalidateQueries(trpc.savedViews.pathFilter());
}
