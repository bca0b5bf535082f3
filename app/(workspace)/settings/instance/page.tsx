import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getSignedIn } from "#server/auth/session.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { InstancePage } from "@/components/instance/instance-page";

export const metadata: Metadata = { title: "This Leadwright" };

export default async function InstanceSettingsPage() {
  if (!(await getSignedIn())?.isOperator) notFound();
  void getQueryClient().prefetchQuery(trpc.instance.overview.queryOptions());
  return (
    <HydrateClient>
      <InstancePage />
    </HydrateClient>
  );
}
