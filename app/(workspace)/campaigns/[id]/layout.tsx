import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { CampaignFrame } from "@/components/campaigns/campaign-frame";
import { makeQueryClient } from "@/components/trpc/query-client";

export const metadata: Metadata = { title: "Campaign" };

export default async function CampaignLayout({ children, params }: { children: ReactNode; params: Promise<{ id: string }> }) {
  const { id } = await params;
  const queryClient = makeQueryClient();
  void queryClient.prefetchQuery(trpc.campaigns.get.queryOptions({ id }));
  void queryClient.prefetchQuery(trpc.campaigns.stats.queryOptions({ id }));
  return (
    <HydrateClient queryClient={queryClient}>
      <CampaignFrame id={id}>{children}</CampaignFrame>
    </HydrateClient>
  );
}
