"use client";
import { openWorkspace } from "@/components/shell/workspace-menu";
import { Button } from "@/components/ui/button";
import { SecondStepSetup } from "./second-step-setup";

export function RequiredSecondStep({ others }: { others: readonly { workspaceId: string; name: string }[] }) {
  const leave = () =>
    void import("next-auth/react").then(({ signOut }) => signOut({ redirect: false })).finally(() => window.location.assign("/sign-in"));
  return (
    <div className="grid gap-8">
      <SecondStepSetup onDone={() => window.location.assign("/")} />
      <div className="flex flex-wrap gap-2 border-t border-line pt-4">
        {others.map(({ workspaceId, name }) => (
          <Button key={workspaceId} variant="quiet" onClick={() => openWorkspace(workspaceId)}>
            Go to {name} instead
          </Button>
        ))}
        <Button variant="quiet" onClick={leave}>
          Sign out
        </Button>
      </div>
    </div>
  );
}
