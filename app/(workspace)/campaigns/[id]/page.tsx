import { CampaignOverview } from "@/components/campaigns/campaign-overview";

export default async function CampaignOverviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <CampaignOverview id={id} />;
}
