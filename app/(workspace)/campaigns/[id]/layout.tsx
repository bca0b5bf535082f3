import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { CampaignFrame } from "@/components/campaigns/campaign-frame";

export const metadata: Metadata = { title: "Campaign" };

export default async function CampaignLayout({ children, params }: { children: ReactNode; params: Promise<{ id: string }> }) {
  const { id } = await params;
  void getQueryClient().prefetchQuery(trpc.campaigns.get.queryOptions({ id }));
  void getQueryClient().prefetchQuery(trpc.campaigns.stats.queryOptions({ id }));
  return (
    <HydrateClient>
      <CampaignFrame id={id}>{children}</CampaignFrame>
    </HydrateClient>
  );
}
