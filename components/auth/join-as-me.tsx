"use client";
import { useMutation } from "@tanstack/react-query";
import { openWorkspace } from "@/components/shell/workspace-menu";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Problem, sentenceOf } from "@/components/ui/list-states";

/** Who is signed in joins with one press. */
export function JoinAsMe({ token, workspaceName, email }: { token: string; workspaceName: string; email: string }) {
  const trpc = useTRPC();
  const join = useMutation(trpc.auth.acceptAsMe.mutationOptions({ onSuccess: ({ workspaceId }) => openWorkspace(workspaceId) }));
  return (
    <div className="grid gap-4">
      <Button variant="primary" busy={join.isPending || join.isSuccess} onClick={() => join.mutate({ token })}>
        Join {workspaceName} as {email}
      </Button>
      <Problem>{join.error && sentenceOf(join.error)}</Problem>
    </div>
  );
}
