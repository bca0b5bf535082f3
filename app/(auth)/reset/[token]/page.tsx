import type { Metadata } from "next";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { AuthCard } from "@/components/auth/auth-card";
import { ResetForm } from "@/components/auth/reset-form-route";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const isOpen = token.length <= 200 && (await getQueryClient().fetchQuery(trpc.auth.isResetOpen.queryOptions({ token })));
  if (!isOpen) {
    return (
      <AuthCard title="This link does not work any more" lead="It was used, replaced by a newer one, or has run out. Ask for a new link.">
        <ButtonLink href="/forgot">Ask for a new link</ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Choose a new password" lead="You are then signed out everywhere, and sign in with it.">
      <ResetForm token={token} />
    </AuthCard>
  );
}
