"use client";
import { useTRPCClient } from "@/components/trpc/client";
import { sentenceOf } from "@/components/ui/list-states";
import { PersonForm } from "./person-form";
import { signInWithPassword } from "./sign-in";

export function ClaimForm({ token }: { token: string }) {
  const client = useTRPCClient();
  return (
    <PersonForm
      verb="Claim this Leadwright"
      onSubmit={async (person) => {
        try {
          await client.auth.claim.mutate({ token, ...person });
        } catch (error) {
          return sentenceOf(error instanceof Error ? error : null);
        }
        const refusal = await signInWithPassword(person);
        if (refusal) return refusal;
        window.location.assign("/start");
        return null;
      }}
    />
  );
}
