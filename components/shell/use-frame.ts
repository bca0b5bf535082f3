"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

const REFRESH_MS = 30_000;

/** The clock, the reader's zone and the rail's counts. Acts that change them invalidate `trpc.navigation.pathFilter()`. */
export function useFrame() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.navigation.frame.queryOptions(undefined, { refetchInterval: REFRESH_MS })).data;
}
