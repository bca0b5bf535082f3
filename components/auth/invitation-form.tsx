"use client";
import { openWorkspace } from "@/components/shell/workspace-menu";
import { useTRPCClient } from "@/components/trpc/client";
import { sentenceOf } from "@/components/ui/list-states";
import { PersonForm } from "./person-form";
import { signInWithPassword } from "./sign-in";

export function InvitationForm({ token, email, workspaceName }: { token: string; email: string | null; workspaceName: string }) {
  const client = useTRPCClient();
  return (
    <PersonForm
      email={email}
      verb={`Join ${workspaceName}`}
      onSubmit={async (person) => {
        try {
          const { workspaceId } = await client.auth.acceptInvitation.mutate({ token, ...person });
          const refusal = await signInWithPassword(person);
          if (refusal) return refusal;
          openWorkspace(workspaceId);
          return null;
        } catch (error) {
          return sentenceOf(error instanceof Error ? error : null);
        }
      }}
    />
  );
}
