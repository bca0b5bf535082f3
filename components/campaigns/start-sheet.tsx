"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { StartSheet as Sheeted } from "#server/campaigns/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Sheet } from "@/components/ui/dialog";
import { Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant } from "@/components/ui/time/format";
import { SendTime } from "@/components/ui/time/send-time";
import { showDone } from "@/components/ui/toast";
import { useCampaignsChanged } from "./use-campaign-act";

const FIXES: Record<string, string> = {
  offer: "Complete it",
  steps: "Edit steps",
  people: "Add people",
  mailbox: "Mailboxes",
  reading: "Mailboxes",
  opt_out: "Mailboxes",
  address: "Add it",
};

/** Before anything leaves the building: the checks, the count, and the first mails with names and times. */
export function StartSheet({
  id,
  name,
  open,
  onOpenChange,
}: {
  id: string;
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const trpc = useTRPC();
  const { now, zone } = useClock();
  const changed = useCampaignsChanged();
  const query = useQuery(trpc.campaigns.startSheet.queryOptions({ id }, { enabled: open, staleTime: 0 }));
  const start = useMutation(
    trpc.campaigns.start.mutationOptions({
      onSuccess: ({ people }) => {
        changed();
        onOpenChange(false);
        showDone(`Started ${name} with ${people} ${people === 1 ? "person" : "people"}.`);
      },
    }),
  );
  // Opened again it shows what was so before, until what is so now has come: that one is pressed.
  const sheet = query.data;
  const first = sheet?.first[0];
  const count = sheet ? `${sheet.people} ${sheet.people === 1 ? "person" : "people"}` : "";
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={`Start ${name}`}
      description="Nothing has been sent yet."
      actions={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Not yet
          </Button>
          <Button
            variant="primary"
            busy={start.isPending || query.isFetching}
            disabled={!sheet?.canStart}
            onClick={() => start.mutate({ id })}
          >
            {sheet?.canStart && first ? `Start: ${count}, first mail ${formatInstant(first.at, zone, now)}` : "Start campaign"}
          </Button>
        </>
      }
    >
      <Problem>{(start.error ?? query.error) && sentenceOf(start.error ?? query.error)}</Problem>
      {!sheet ? !query.error && <SkeletonRows rows={6} label="Checks" /> : <Content sheet={sheet} />}
    </Sheet>
  );
}

function Content({ sheet }: { sheet: Sheeted }) {
  const lines = sheet.checks.map((check) => ({
    id: check.id,
    state: check.ok ? ("ok" as const) : ("failed" as const),
    title: check.title,
    detail: check.detail,
    action: check.href && (
      <ButtonLink size="sm" href={check.href}>
        {FIXES[check.id] ?? "Fix"}
      </ButtonLink>
    ),
  }));
  return (
    <div className="grid gap-6">
      <Section title="Checks">
        <CheckList label="Checks before the start" lines={lines} />
      </Section>
      <Section title="First mails" count={sheet.first.length}>
        {sheet.first.length === 0 ? (
          <p className="text-sm text-muted">No mail can be planned yet.</p>
        ) : (
          <ol>
            {sheet.first.map((mail) => (
              <li key={mail.leadId} className="border-b border-line py-1.5 text-sm last:border-b-0">
                <div className="flex gap-2">
                  <bdi className="min-w-0 flex-1 truncate font-medium">{mail.fullName}</bdi>
                  <SendTime at={mail.at} zone={mail.zone} place={mail.place} />
                </div>
                <div className="flex gap-2 text-xs text-muted">
                  <bdi className="min-w-0 flex-1 truncate">{mail.company ?? mail.from}</bdi>
                  <span className="min-w-0 truncate">{mail.heldBy.find((reason) => reason.code !== "left")?.text}</span>
                </div>
              </li>
            ))}
          </ol>
        )}
      </Section>
      {sheet.held.map((held) => (
        <Notice key={held.text}>
          {held.people} {held.people === 1 ? "person waits" : "people wait"}: {held.text}.
        </Notice>
      ))}
      <p className="text-sm text-muted">
        {sheet.draftsReady} {sheet.draftsReady === 1 ? "draft is" : "drafts are"} written. A mail whose draft is not approved in time moves
        to the next working day; it is never skipped.
      </p>
    </div>
  );
}
