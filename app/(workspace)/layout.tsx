import { redirect } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { getActor } from "#server/auth/session.ts";
import { HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { PretendBar } from "@/components/sandbox/pretend-bar-route";
import { SessionProvider } from "@/components/shell/session";
import { ShellBoundary } from "@/components/shell/shell-boundary";
import { ShellSkeleton } from "@/components/shell/shell-skeleton";
import { WorkspaceShell } from "@/components/shell/workspace-shell";
import { TrpcProvider } from "@/components/trpc/provider";
import { makeQueryClient } from "@/components/trpc/query-client";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const actor = await getActor();
  if (actor?.kind !== "person") redirect("/sign-in");
  const { signedIn, membership } = actor;
  if (!membership) redirect("/start");
  if (membership.needsSecondStep) redirect("/second-step");

  const queryClient = makeQueryClient();
  void queryClient.prefetchQuery(trpc.navigation.frame.queryOptions());
  if (membership.kind === "sandbox") void queryClient.prefetchQuery(trpc.sandbox.bar.queryOptions());

  return (
    <TrpcProvider key={`${signedIn.userId} ${membership.workspaceId}`} workspaceId={membership.workspaceId}>
      <SessionProvider
        session={{
          userId: signedIn.userId,
          fullName: signedIn.fullName,
          email: signedIn.email,
          isOperator: signedIn.isOperator,
          singleKeys: signedIn.singleKeys,
          workspaceId: membership.workspaceId,
          workspaceName: membership.name,
          kind: membership.kind,
          role: membership.role,
          memberships: signedIn.memberships,
        }}
      >
        <HydrateClient queryClient={queryClient}>
          <ShellBoundary>
            <Suspense fallback={<ShellSkeleton />}>
              <WorkspaceShell bar={membership.kind === "sandbox" ? <PretendBar /> : undefined}>{children}</WorkspaceShell>
            </Suspense>
          </ShellBoundary>
        </HydrateClient>
      </SessionProvider>
    </TrpcProvider>
  );
}
