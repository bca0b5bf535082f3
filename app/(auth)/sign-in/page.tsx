import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getSignedIn } from "#server/auth/session.ts";
import { AuthCard } from "@/components/auth/auth-card";
import { safePath } from "@/components/auth/safe-path";
import { SignInForm } from "@/components/auth/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ callbackUrl?: string }> }) {
  const { callbackUrl } = await searchParams;
  if (await getSignedIn()) redirect(safePath(callbackUrl));
  return (
    <AuthCard title="Sign in">
      <SignInForm next={callbackUrl} />
    </AuthCard>
  );
}
