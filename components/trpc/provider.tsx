"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "#server/trpc/root.ts";
import { TRPCProvider } from "./client";
import { makeQueryClient } from "./query-client";

const MAX_URL_LENGTH = 2_000;

/**
 * One cache per workspace and person: mount it with `key={workspaceId}`, so that a change of workspace or a sign-out throws the whole
 * cache away instead of filtering it. Requests name the workspace that the page shows, so a stale tab never acts on another one.
 */
export function TrpcProvider({ workspaceId, children }: { workspaceId: string | null; children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(workspaceId === null ? undefined : toSignIn));
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: "/api/trpc",
          transformer: superjson,
          maxURLLength: MAX_URL_LENGTH,
          headers: () => (workspaceId ? { "x-workspace": workspaceId } : {}),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** Signed out elsewhere: this tab shows nothing any more, and comes back to its page after signing in. */
function toSignIn(): void {
  window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
}
