import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { draftFilters } from "@/components/drafts/draft-filters";
import { toDraftInput } from "@/components/drafts/draft-input";
import { DraftsPage } from "@/components/drafts/drafts-page";
import { loadFilters } from "@/components/ui/filters/filter-state";

export const metadata: Metadata = { title: "Drafts" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Drafts({ searchParams }: Props) {
  const input = toDraftInput(await loadFilters(draftFilters, searchParams));
  void getQueryClient().prefetchInfiniteQuery(
    trpc.drafts.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor }),
  );
  const { campaignId, senderId } = input;
  void getQueryClient().prefetchQuery(
    trpc.drafts.counts.queryOptions({ ...(campaignId && { campaignId }), ...(senderId && { senderId }) }),
  );
  return (
    <HydrateClient>
      <DraftsPage />
    </HydrateClient>
  );
}
