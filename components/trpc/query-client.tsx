import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";

/** Only what may heal by itself is asked again: no answer at all, or a server that says "in a moment". */
function mayHeal(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status = statusOf(error);
  return status === undefined || status === 503;
}

function statusOf(error: TRPCClientError<never>): number | undefined {
  return (error.data as { httpStatus?: number } | null)?.httpStatus;
}

/** One per request on the server, one per workspace in the browser. `onSignedOut` runs when the session has ended elsewhere. */
export function makeQueryClient(onSignedOut?: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof TRPCClientError && statusOf(error) === 401) onSignedOut?.();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // Broken lists say "retrying in 5 s" and mean it; see BrokenState.
        retry: (count, error) => typeof window !== "undefined" && mayHeal(error) && count < 2,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}
