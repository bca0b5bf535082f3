import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getActor } from "#server/auth/session.ts";
import { AuthCard } from "@/components/auth/auth-card";
import { RequiredSecondStep } from "@/components/signing-in/required-second-step-route";

export const metadata: Metadata = { title: "Second step" };

/** A workspace asks for a second step that this person has not set up: nothing of it is shown before. */
export default async function SecondStepPage() {
  const actor = await getActor();
  if (actor?.kind !== "person") redirect("/sign-in");
  if (!actor.membership?.needsSecondStep) redirect("/");
  const others = actor.signedIn.memberships.filter((each) => !each.needsSecondStep);
  return (
    <AuthCard
      wide
      title={`${actor.membership.name} asks for a second step`}
      lead="With it, a password alone opens nothing. You need an authenticator app on your phone."
    >
      <RequiredSecondStep others={others.map(({ workspaceId, name }) => ({ workspaceId, name }))} />
    </AuthCard>
  );
}
