"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { PageBody } from "@/components/shell/page";
import { useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { untilAlive } from "@/components/ui/until-alive";

// With its fields and their rules, which the frame of the page does not wait for.
const ProfileForm = dynamic(() => import("./profile-form").then((part) => untilAlive(part.ProfileForm)));

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
