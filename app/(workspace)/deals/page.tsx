import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { DealsPage } from "@/components/deals/deals-page";

export const metadata: Metadata = { title: "Deals" };

export default function DealsRoute() {
  void getQueryClient().prefetchQuery(trpc.deals.pipelines.queryOptions({}));
  return (
    <HydrateClient>
      <DealsPage />
    </HydrateClient>
  );
}
