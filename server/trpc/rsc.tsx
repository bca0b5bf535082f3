import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache, type ReactNode } from "react";
import { getActor } from "#server/auth/session.ts";
import { createSharedReads } from "#server/core/shared-reads.ts";
import { services } from "#server/services.ts";
import { makeQueryClient } from "@/components/trpc/query-client";
import { appRouter } from "./root.ts";

/** The page's client, one per request: its prefetches and its hydration boundary share it. A layout makes its own. */
export const getQueryClient = cache(makeQueryClient);

const getReads = cache(createSharedReads);

export const trpc = createTRPCOptionsProxy({
  ctx: async () => ({ services, actor: await getActor(), reads: getReads() }),
  router: appRouter,
  queryClient: getQueryClient,
});

/**
 * Waits for what was prefetched so far, so that the first HTML holds the rows and the browser's first render is the same one. What failed
 * is left out: the browser asks for it again and says what is wrong. A layout gives its own client, or what it read would be sent
 * twice: once by the layout and once by the page.
 */
export async function HydrateClient({ queryClient = getQueryClient(), children }: { queryClient?: QueryClient; children: ReactNode }) {
  const pending = queryClient
    .getQueryCache()
    .findAll()
    .filter((query) => query.state.status === "pending");
  await Promise.allSettled(pending.map((query) => query.promise));
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}
