"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { RecordHistory } from "@/components/audit/record-history";
import { PageBody } from "@/components/shell/page";
import { useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { formatShare } from "@/components/ui/progress-bar";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { SendTime } from "@/components/ui/time/send-time";
import { intentWords } from "./words";

/** Who was reached, what came back, and which mails leave next. */
export function CampaignOverview({ id }: { id: string }) {
  const trpc = useTRPC();
  const stats = useQuery(trpc.campaigns.stats.queryOptions({ id }));
  if (stats.error && !stats.data) return <BrokenState error={stats.error} onRetry={() => void stats.refetch()} />;
  if (!stats.data) return <SkeletonRows label="Numbers" />;
  const people = `/campaigns/${id}/people`;
  const { contacted, replied, interested, meetings, finished, stopped } = stats.data;
  return (
    <PageBody className="grid content-start gap-8">
      <dl className="grid grid-cols-6 gap-4 phone:grid-cols-2">
        <Figure label="People" href={people} note="ever added">
          {stats.data.people}
        </Figure>
        <Figure label="Contacted" href={people} note="at least one mail sent">
          {contacted}
        </Figure>
        <Figure label="Replied" href={`${people}?state=replied`} note="people, not machines">
          {contacted === 0 ? replied : formatShare(replied, contacted)}
        </Figure>
        <Figure label="Interested" href={`${people}?state=replied`} note="of those who replied">
          {interested}
        </Figure>
        <Figure label="Meetings" href="/meetings" note="booked, not cancelled">
          {meetings}
        </Figure>
        <Figure label="Through" href={`${people}?state=finished`} note={`${finished} finished, ${stopped} stopped`}>
          {finished + stopped}
        </Figure>
      </dl>
      <NextFive id={id} />
      <Steps id={id} steps={stats.data.steps} />
      <RecordHistory id={id} />
    </PageBody>
  );
}

function Figure({ label, note, href, children }: { label: string; note: string; href: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-2xl font-semibold">
        <Link href={href} className="hover:underline">
          {children}
        </Link>
      </dd>
      <dd className="text-xs text-muted">{note}</dd>
    </div>
  );
}

function NextFive({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.enrolments.list.queryOptions({ id, limit: 5 }));
  const next = (query.data?.items ?? []).filter((person) => person.plannedAt !== null && person.status === "active");
  return (
    <Section
      title="Next five"
      actions={
        <Link className="text-sm text-accent" href={`/campaigns/${id}/people`}>
          All people
        </Link>
      }
    >
      {query.isPending && <SkeletonRows rows={3} label="Next mails" />}
      {query.data && next.length === 0 && <p className="text-sm text-muted">No mail is planned.</p>}
      <ol>
        {next.map((person) => (
          <li
            key={person.id}
            className="flex min-h-9 items-center gap-4 border-b border-line text-sm last:border-b-0 phone:flex-wrap phone:gap-x-2 phone:py-1"
          >
            <Link href={`/leads/${person.leadId}`} className="w-48 min-w-0 truncate font-medium">
              <bdi>{person.fullName}</bdi>
            </Link>
            <bdi className="w-40 min-w-0 truncate text-muted phone:w-auto">{person.company}</bdi>
            <span className="w-24 text-muted">
              mail {person.mailNumber} of {person.mails}
            </span>
            <SendTime
              at={person.plannedAt}
              zone={person.zone}
              place={person.place ?? undefined}
              isBooked={person.planKind === "exact"}
              heldBy={person.heldBy.find((reason) => reason.code !== "left")?.text}
              className="min-w-0 flex-1"
            />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Steps({
  id,
  steps,
}: {
  id: string;
  steps: { stepId: string; position: number; waiting: number; sent: number; replied: number }[];
}) {
  const trpc = useTRPC();
  const campaign = useQuery(trpc.campaigns.get.queryOptions({ id }));
  const labelOf = (stepId: string) => {
    const step = campaign.data?.steps.find((candidate) => candidate.id === stepId);
    return step?.kind === "email" ? (step.config.subject ?? intentWords[step.config.intent]) : "Mail";
  };
  return (
    <Section
      title="By mail"
      actions={
        <Link className="text-sm text-accent" href={`/campaigns/${id}/steps`}>
          Edit steps
        </Link>
      }
    >
      {steps.length === 0 ? (
        <p className="text-sm text-muted">This campaign has no mails yet.</p>
      ) : (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b border-line text-left text-xs text-muted">
              <th className="py-1 font-medium">Mail</th>
              <th className="w-28 py-1 text-right font-medium">Wait for it</th>
              <th className="w-28 py-1 text-right font-medium">Sent</th>
              <th className="w-40 py-1 text-right font-medium">Replied to it</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, index) => (
              <tr key={step.stepId} className="h-9 border-b border-line last:border-b-0">
                <td>
                  {index + 1}. {labelOf(step.stepId)}
                </td>
                <td className="text-right">{step.waiting}</td>
                <td className="text-right">{step.sent}</td>
                <td className="text-right">{step.sent === 0 ? "–" : formatShare(step.replied, step.sent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
