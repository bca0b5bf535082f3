import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { TeamPage } from "@/components/team/team-page";

export const metadata: Metadata = { title: "Team" };

export default function TeamSettingsPage() {
  void getQueryClient().prefetchQuery(trpc.teams.page.queryOptions());
  return (
    <HydrateClient>
      <TeamPage />
    </HydrateClient>
  );
}
