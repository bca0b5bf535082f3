import { CampaignSteps } from "@/components/campaigns/campaign-steps-route";

export default async function CampaignStepsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <CampaignSteps id={id} />;
}
