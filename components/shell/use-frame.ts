"use client";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

const REFRESH_MS = 30_000;

/** The clock, the reader's zone and the rail's counts. Acts that change them invalidate `trpc.navigation.pathFilter()`. */
export function useFrame() {
  const trpc = useTRPC();
  const options = trpc.navigation.frame.queryOptions(undefined, { refetchInterval: REFRESH_MS });
  const isRead = useQueryClient().getQueryData(options.queryKey) !== undefined;
  if (typeof window === "undefined" && !isRead) throw new LeftToBrowser();
  return useSuspenseQuery(options).data;
}

/** The server's read failed and is in the log already: it sends the skeleton, quietly, and the browser asks again and says what is wrong. */
class LeftToBrowser extends Error {
  /** Next's own sign for that. */
  readonly digest = "BAILOUT_TO_CLIENT_SIDE_RENDERING";
}
