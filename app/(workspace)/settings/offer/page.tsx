import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { OfferPage } from "@/components/offers/offer-page";

export const metadata: Metadata = { title: "Offer and voice" };

export default function OfferSettingsPage() {
  void getQueryClient().prefetchQuery(trpc.offers.list.queryOptions({}));
  return (
    <HydrateClient>
      <OfferPage />
    </HydrateClient>
  );
}
