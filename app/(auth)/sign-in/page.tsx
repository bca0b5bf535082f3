import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { configuredOutside } from "#server/auth/outside-providers.ts";
import { refusalSentence } from "#server/auth/refusals.ts";
import { getSessionOf, getSignedIn } from "#server/auth/session.ts";
import { AuthCard } from "@/components/auth/auth-card";
import { OutsideButtons } from "@/components/auth/outside-buttons";
import { safePath } from "@/components/auth/safe-path";
import { SignInForm } from "@/components/auth/sign-in-form-route";
import { Problem } from "@/components/ui/list-states";

export const metadata: Metadata = { title: "Sign in" };

type Search = { callbackUrl?: string; next?: string; refused?: string; error?: string };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { callbackUrl, next = callbackUrl, refused, error } = await searchParams;
  if (await getSignedIn()) redirect(safePath(next));
  if ((await getSessionOf())?.pending) redirect(`/sign-in/code?next=${encodeURIComponent(safePath(next))}`);
  const problem =
    refusalSentence(refused) ?? (error ? "The other side did not let you in. Try again, or sign in with your password." : null);
  return (
    <AuthCard title="Sign in">
      {problem && (
        <div className="mb-4">
          <Problem>{problem}</Problem>
        </div>
      )}
      <SignInForm next={next} />
      <OutsideButtons offered={configuredOutside()} next={safePath(next)} />
    </AuthCard>
  );
}
