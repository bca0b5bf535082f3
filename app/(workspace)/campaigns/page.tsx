import type { Metadata } from "next";
import { campaignStatus } from "#server/campaigns/schema.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { campaignFilters } from "@/components/campaigns/campaign-filters";
import { CampaignList } from "@/components/campaigns/campaign-list";
import { loadFilters } from "@/components/ui/filters/filter-state";

export const metadata: Metadata = { title: "Campaigns" };

export default async function CampaignsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const values = await loadFilters(campaignFilters, searchParams);
  const status = campaignStatus.safeParse(values.status).data;
  const search = typeof values.q === "string" ? values.q : "";
  void getQueryClient().prefetchInfiniteQuery(
    trpc.campaigns.list.infiniteQueryOptions(
      { limit: 50, ...(status && { status }), ...(search && { search }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  return (
    <HydrateClient>
      <CampaignList />
    </HydrateClient>
  );
}
