import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { DealView } from "@/components/deals/deal-view";

export const metadata: Metadata = { title: "Deal" };

export default async function DealRoute({ params }: { params: Promise<{ dealId: string }> }) {
  const { dealId } = await params;
  void getQueryClient().prefetchQuery(trpc.deals.get.queryOptions({ id: dealId }));
  return (
    <HydrateClient>
      <DealView id={dealId} />
    </HydrateClient>
  );
}
