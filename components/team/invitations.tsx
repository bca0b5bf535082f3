"use client";
import { useMutation } from "@tanstack/react-query";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";

type Invitation = RouterOutputs["teams"]["page"]["invitations"][number];

export function Invitations({ invitations, onChange }: { invitations: readonly Invitation[]; onChange: () => void }) {
  const trpc = useTRPC();
  const withdraw = useMutation(
    trpc.teams.withdrawInvitation.mutationOptions({
      onSuccess: () => showDone("Withdrew the invitation. Its link no longer works."),
      onSettled: onChange,
    }),
  );
  return (
    <Section title="Invitations that still work" count={invitations.length} className="shrink-0 border-t border-line px-6 py-4 phone:px-4">
      <ul>
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex min-h-9 flex-wrap items-center gap-x-4 text-sm">
            <span className="min-w-0 flex-1 truncate">{invitation.email ?? "For whoever has the link"}</span>
            <span className="text-muted">
              {invitation.role}
              {invitation.teamName && ` · ${invitation.teamName}`}
              {invitation.invitedBy && ` · from ${invitation.invitedBy}`} · until <Instant at={invitation.expiresAt} />
            </span>
            <Button
              size="sm"
              variant="quiet"
              busy={withdraw.isPending && withdraw.variables.id === invitation.id}
              onClick={() => withdraw.mutate({ id: invitation.id })}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
