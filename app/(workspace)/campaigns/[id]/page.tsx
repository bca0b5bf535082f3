import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { CampaignOverview } from "@/components/campaigns/campaign-overview";

export default async function CampaignOverviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  // Read with the page: what comes later would push down the sections below it.
  void getQueryClient().prefetchQuery(trpc.enrolments.list.queryOptions({ id, limit: 5 }));
  return (
    <HydrateClient>
      <CampaignOverview id={id} />
    </HydrateClient>
  );
}
