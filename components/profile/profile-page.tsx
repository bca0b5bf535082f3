"use client";
import { useQuery } from "@tanstack/react-query";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { PageBody } from "@/components/shell/page";
import { useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ProfileForm } from "./profile-form";

export function ProfilePage() {
  const trpc = useTRPC();
  const profile = useQuery(trpc.teams.profile.queryOptions());
  return (
    <SettingsFrame>
      <PageBody>
        {profile.data ? (
          <ProfileForm profile={profile.data} />
        ) : profile.error ? (
          <BrokenState error={profile.error} onRetry={() => void profile.refetch()} />
        ) : (
          <SkeletonRows rows={6} label="Loading your profile" />
        )}
      </PageBody>
    </SettingsFrame>
  );
}
