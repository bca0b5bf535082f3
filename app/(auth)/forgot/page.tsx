import type { Metadata } from "next";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { AuthCard } from "@/components/auth/auth-card";
import { ForgotForm } from "@/components/auth/forgot-form-route";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Forgotten password" };

export default async function ForgotPage() {
  if (!(await getQueryClient().fetchQuery(trpc.auth.mailsLinks.queryOptions()))) {
    return (
      <AuthCard
        title="Ask for a link"
        lead="This Leadwright sends no mail of its own. An admin of your workspace can make you a link under Settings, Team; it works once."
      >
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Choose a new password" lead="We mail a link to your address, if you have an account here. It works once, for an hour.">
      <ForgotForm />
    </AuthCard>
  );
}
