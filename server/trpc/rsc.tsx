import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache, type ReactNode } from "react";
import { getActor } from "#server/auth/session.ts";
import { services } from "#server/services.ts";
import { makeQueryClient } from "@/components/trpc/query-client";
import { appRouter } from "./root.ts";

/** One client per request: prefetches and the hydration boundary must share it. */
export const getQueryClient = cache(makeQueryClient);

export const trpc = createTRPCOptionsProxy({
  ctx: async () => ({ services, actor: await getActor() }),
  router: appRouter,
  queryClient: getQueryClient,
});

export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
