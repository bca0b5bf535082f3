import type { Metadata } from "next";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { AuthCard } from "@/components/auth/auth-card";
import { ClaimForm } from "@/components/auth/claim-form-route";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Claim", referrer: "no-referrer" };

export default async function ClaimPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = "" } = await searchParams;
  const isClaimable =
    token !== "" && token.length <= 200 && (await getQueryClient().fetchQuery(trpc.auth.isClaimable.queryOptions({ token })));
  if (!isClaimable) {
    return (
      <AuthCard title="This link does not work any more" lead="It was used already, or Leadwright was restarted and printed a newer one.">
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Make this Leadwright yours" lead="You will be able to invite your colleagues.">
      <ClaimForm token={token} />
    </AuthCard>
  );
}
