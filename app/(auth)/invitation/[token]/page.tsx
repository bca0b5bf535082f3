import type { Metadata } from "next";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { AuthCard } from "@/components/auth/auth-card";
import { InvitationForm } from "@/components/auth/invitation-form";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

const A_ROLE = { owner: "an owner", admin: "an admin", manager: "a manager", rep: "a rep", viewer: "a viewer" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = token.length <= 200 ? await getQueryClient().fetchQuery(trpc.auth.invitation.queryOptions({ token })) : null;
  if (!invitation) {
    return (
      <AuthCard title="This invitation does not work any more" lead="It was used, withdrawn, or has run out. Ask for a new link.">
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={`Join ${invitation.workspaceName}`}
      lead={`You join as ${A_ROLE[invitation.role]}. If you have an account here already, enter its password.`}
    >
      <InvitationForm token={token} email={invitation.email} workspaceName={invitation.workspaceName} />
    </AuthCard>
  );
}
