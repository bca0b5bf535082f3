import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { ProfilePage } from "@/components/profile/profile-page";

export const metadata: Metadata = { title: "You" };

export default function ProfileSettingsPage() {
  void getQueryClient().prefetchQuery(trpc.teams.profile.queryOptions());
  return (
    <HydrateClient>
      <ProfilePage />
    </HydrateClient>
  );
}
