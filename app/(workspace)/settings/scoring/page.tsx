import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { ScoringPage } from "@/components/scoring/scoring-page-route";

export const metadata: Metadata = { title: "Scoring" };

export default function ScoringRoute() {
  void getQueryClient().prefetchQuery(trpc.scoring.profile.queryOptions({}));
  return (
    <HydrateClient>
      <ScoringPage />
    </HydrateClient>
  );
}
