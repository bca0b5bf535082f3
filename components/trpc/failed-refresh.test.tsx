import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import type { ReactElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import type { AppRouter } from "#server/trpc/root.ts";
import { LeadDeals } from "@/components/leads/lead-deals";
import { ScoreWhy } from "@/components/leads/score-why";
import { SlotPicker } from "@/components/meetings/slot-picker";
import { TRPCProvider } from "./client";

/** As the page stands when what it shows was read, and reading it again failed. */
function drawnAfterAFailedRefresh(path: string, input: object, data: object, page: ReactElement): string {
  const queryClient = new QueryClient();
  const queryKey = [path.split("."), { input, type: "query" }];
  queryClient.setQueryData(queryKey, data);
  queryClient
    .getQueryCache()
    .find({ queryKey })
    ?.setState({ status: "error", error: new Error("The database is away.") });
  const trpcClient = createTRPCClient<AppRouter>({ links: [] });
  return renderToString(
    <QueryClientProvider client={queryClient}>
      <TRPCProvider queryClient={queryClient} trpcClient={trpcClient}>
        {page}
      </TRPCProvider>
    </QueryClientProvider>,
  );
}

it.each([
  [
    "leads.score",
    { id: "l" },
    { value: 82, grade: "A", contributions: [], profileVersion: 1, scoredAt: null, raises: [] },
    <ScoreWhy key="score" leadId="l" name="Nadia" />,
    "Nadia is an A",
  ],
  ["deals.list", { leadId: "l", state: "all", limit: 50 }, { items: [] }, <LeadDeals key="deals" leadId="l" />, "No deal yet"],
  [
    "meetings.hostSlots",
    { hostId: "h" },
    { items: [{ startsAt: new Date("2026-03-03T09:00:00Z") }] },
    <SlotPicker key="slots" hostId="h" value={null} onChange={() => {}} />,
    "09:00",
  ],
])("keeps what %s showed when it cannot be read again", (path, input, data, page, words) => {
  const html = drawnAfterAFailedRefresh(path, input, data, page);
  expect(html).toContain(words);
  expect(html).not.toContain("The database is away.");
});
