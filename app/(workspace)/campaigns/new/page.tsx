import type { Metadata } from "next";
import { NewCampaign } from "@/components/campaigns/new-campaign-route";

export const metadata: Metadata = { title: "New campaign" };

export default async function NewCampaignPage({ searchParams }: { searchParams: Promise<{ play?: string }> }) {
  const { play } = await searchParams;
  return <NewCampaign play={play === "blank" ? "blank" : "first-touch"} />;
}
