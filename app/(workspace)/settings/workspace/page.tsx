import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { WorkspacePage } from "@/components/settings/workspace-page-route";

export const metadata: Metadata = { title: "Workspace" };

export default function WorkspaceSettingsPage() {
  void getQueryClient().prefetchQuery(trpc.workspaces.current.queryOptions());
  return (
    <HydrateClient>
      <WorkspacePage />
    </HydrateClient>
  );
}
