import type { Metadata } from "next";
import { configuredOutside } from "#server/auth/outside-providers.ts";
import { getSignedIn } from "#server/auth/session.ts";
import { getQueryClient, trpc } from "#server/trpc/rsc.tsx";
import { AuthCard } from "@/components/auth/auth-card";
import { InvitationForm } from "@/components/auth/invitation-form-route";
import { JoinAsMe } from "@/components/auth/join-as-me";
import { OutsideButtons } from "@/components/auth/outside-buttons";
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
  const me = await getSignedIn();
  if (me) {
    return (
      <AuthCard title={`Join ${invitation.workspaceName}`} lead={`You join as ${A_ROLE[invitation.role]}, and keep your other workspaces.`}>
        <JoinAsMe token={token} workspaceName={invitation.workspaceName} email={me.email} />
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={`Join ${invitation.workspaceName}`}
      lead={`You join as ${A_ROLE[invitation.role]}. If you have an account here already, enter its password.`}
    >
      <InvitationForm token={token} email={invitation.email} workspaceName={invitation.workspaceName} />
      <OutsideButtons offered={configuredOutside()} next={`/invitation/${token}`} invitation={token} verb="Join with" />
    </AuthCard>
  );
}
