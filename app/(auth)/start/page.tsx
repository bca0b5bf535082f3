import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getSignedIn } from "#server/auth/session.ts";
import { AuthCard } from "@/components/auth/auth-card";
import { Doors } from "@/components/auth/doors";

export const metadata: Metadata = { title: "Start" };

export default async function StartPage() {
  const signedIn = await getSignedIn();
  if (!signedIn) redirect("/sign-in");
  if (!signedIn.isOperator) {
    return (
      <AuthCard title="You are in no workspace" lead="Ask the person who runs this Leadwright for an invitation link.">
        {null}
      </AuthCard>
    );
  }
  return (
    <AuthCard wide title="How do you want to start?">
      <Doors />
    </AuthCard>
  );
}
