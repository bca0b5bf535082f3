import { CampaignRulesForm } from "@/components/campaigns/campaign-rules-route";

export default async function CampaignRulesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <CampaignRulesForm id={id} />;
}
