import { CampaignPeople } from "@/components/campaigns/campaign-people";

export default async function CampaignPeoplePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <CampaignPeople id={id} />;
}
