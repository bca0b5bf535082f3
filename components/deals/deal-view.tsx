"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useId } from "react";
import { readAmount } from "#server/deals/constants.ts";
import { RecordHistory } from "@/components/audit/record-history";
import { Page, PageBody, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { type RouterInputs, type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { DateField } from "@/components/ui/date-field";
import { Labelled } from "@/components/ui/labelled";
import { later } from "@/components/ui/later";
import { BrokenState, GoneState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Menu } from "@/components/ui/menu";
import { formatMoney } from "@/components/ui/money";
import { Section, Terms } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { State } from "@/components/ui/state";
import { Instant, RelativeTime } from "@/components/ui/time/relative-time";
import { STAGE_TONES } from "./deal-list";
import { EditableField } from "./editable-field";
import { useMoveDeal } from "./use-move-deal";

const CloseDialog = later(() => import("./close-dialog").then((part) => part.CloseDialog));

type Deal = RouterOutputs["deals"]["get"];

/** Next step first, then amount and close date, then how it came here. */
export function DealView({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.deals.get.queryOptions({ id }));
  if (query.error?.data?.code === "NOT_FOUND" || query.error?.data?.code === "BAD_REQUEST") {
    return (
      <GoneState action={<ButtonLink href="/deals">All deals</ButtonLink>}>This deal does not exist, or you may not see it.</GoneState>
    );
  }
  if (query.error && !query.data) return <BrokenState error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <SkeletonRows rows={8} label="Loading the deal" />;
  return <DealFacts deal={query.data} />;
}

function DealFacts({ deal }: { deal: Deal }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayWrite = useCan("deals:write");
  const moving = useMoveDeal({});
  const change = useMutation(
    // Its history, the person's page and Today say it too.
    trpc.deals.change.mutationOptions({ onSettled: () => void queryClient.invalidateQueries() }),
  );
  const set = (fields: Omit<RouterInputs["deals"]["change"], "id">) => change.mutate({ id: deal.id, ...fields });
  const amount = deal.amountCents === null ? "" : formatMoney(deal.amountCents, deal.currency);
  return (
    <Page>
      <PageHeader
        title={<bdi>{deal.title}</bdi>}
        lead={<State tone={STAGE_TONES[deal.stageKind]}>{deal.stageName}</State>}
        primary={
          mayWrite && (
            <Menu
              align="end"
              trigger={
                <Button variant="primary" hotkey="m" hotkeyLabel="Move to stage">
                  Move deal
                </Button>
              }
              entries={deal.stages
                .filter((stage) => stage.id !== deal.stageId)
                .map((stage) => ({ label: stage.name, onSelect: () => moving.move(deal, stage) }))}
            />
          )
        }
      >
        {deal.acceptedAt === null && deal.closedAt === null
          ? "Counts in no sum until the meeting was held and the deal accepted."
          : deal.closeReason}
      </PageHeader>
      <PageBody>
        <div className="grid max-w-5xl gap-8 lg:grid-cols-2">
          <div className="grid content-start gap-6">
            <Problem>{(moving.error ?? change.error) && sentenceOf(moving.error ?? change.error)}</Problem>
            <Section title="Next">
              <EditableField
                label="Next step"
                value={deal.nextStep ?? ""}
                disabled={!mayWrite}
                hotkey="e"
                onSave={(text) => set({ nextStep: text || null })}
              />
              <DayField label="By" value={deal.nextOn} disabled={!mayWrite} onSave={(nextOn) => set({ nextOn })} />
              <EditableField
                label="Amount"
                value={amount}
                disabled={!mayWrite}
                check={(text) => (readAmount(text) === undefined ? "Write an amount such as 12,500." : null)}
                onSave={(text) => set({ amountCents: readAmount(text) ?? null })}
              />
              <DayField label="Closes on" value={deal.closeOn} disabled={!mayWrite} onSave={(closeOn) => set({ closeOn })} />
            </Section>
            <Section title="Who">
              <Terms
                items={[
                  {
                    term: "Person",
                    value: deal.leadId ? (
                      <Link className="text-accent hover:underline" href={`/leads/${deal.leadId}`}>
                        <bdi>{deal.leadName}</bdi>
                      </Link>
                    ) : (
                      "–"
                    ),
                  },
                  { term: "Company", value: <bdi>{deal.company ?? "–"}</bdi> },
                  { term: "Owned by", value: <bdi>{deal.ownerName}</bdi> },
                  { term: "Sourced by", value: <bdi>{deal.sourcedByName ?? "–"}</bdi> },
                ]}
              />
            </Section>
          </div>
          <div className="grid content-start gap-6">
            <Section title="Meetings" count={deal.meetings.length}>
              {deal.meetings.length === 0 && <p className="text-sm text-muted">None yet.</p>}
              <ul className="grid gap-1 text-sm">
                {deal.meetings.map((meeting) => (
                  <li key={meeting.id} className="flex gap-2">
                    <Instant at={meeting.startsAt} />
                    <bdi className="min-w-0 flex-1 truncate text-muted">{meeting.title}</bdi>
                    <span>
                      {meeting.outcome === "held"
                        ? "Held"
                        : meeting.outcome === "no_show"
                          ? "No-show"
                          : meeting.state === "cancelled"
                            ? "Cancelled"
                            : ""}
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
            <Section title="Stages" count={deal.history.length}>
              <ol className="grid gap-1 text-sm">
                {deal.history.map((change) => (
                  <li key={`${change.at.toISOString()} ${change.toStage}`} className="flex gap-2">
                    <span className="w-24 shrink-0 text-muted">
                      <RelativeTime at={change.at} />
                    </span>
                    <span className="min-w-0 flex-1">
                      {change.fromStage ? `${change.fromStage} → ${change.toStage}` : `Opened in ${change.toStage}`}
                    </span>
                    <bdi className="text-muted">{change.byName ?? "Leadwright"}</bdi>
                  </li>
                ))}
              </ol>
            </Section>
            <RecordHistory id={deal.id} />
          </div>
        </div>
      </PageBody>
      {moving.closing && <CloseDialog closing={moving.closing} onClose={moving.stopClosing} onSave={moving.close} />}
    </Page>
  );
}

function DayField(props: { label: string; value: string | null; disabled: boolean; onSave: (day: string | null) => void }) {
  const id = useId();
  return (
    <div className="mb-3 max-w-form">
      <Labelled id={id} label={props.label}>
        <DateField id={id} value={props.value} disabled={props.disabled} onChange={props.onSave} />
      </Labelled>
    </div>
  );
}
