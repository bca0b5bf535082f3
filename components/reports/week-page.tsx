"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { weekMeasures } from "#server/reports/constants.ts";
import type { WeekKey, WeekReport } from "#server/reports/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { BrokenState, EmptyState } from "@/components/ui/list-states";
import { formatMoney } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatCivil } from "@/components/ui/time/format";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { DownloadButton } from "./download-button";
import { rowsHref } from "./report-links";
import { ReportsFrame } from "./reports-frame";
import { changeWords, shareWords } from "./share-words";
import { WeekPeople } from "./week-people";

const HEADS: readonly WeekKey[] = ["pipeline", "booked", "held", "noShow", "accepted", "positive", "replies", "contacted"];

/** Are we on course? One week by when things happened, beside the week before. */
export function WeekPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, ask] = useQueryStates({ from: parseAsString, owner: parseAsString });
  const input = { ...(asked.from && { from: asked.from }), ...(asked.owner && { ownerId: asked.owner }) };
  const query = useQuery(trpc.reports.week.queryOptions(input));
  const today = useQuery(trpc.today.queue.queryOptions({ who: "me" }));
  const week = query.data;
  const people = today.data?.people ?? [];
  return (
    <ReportsFrame
      title={week ? `Week of ${dayOf(week.firstOn)}` : "Week"}
      secondary={
        <>
          {people.length > 1 && (
            <Select
              label="Person"
              value={asked.owner ?? ""}
              onChange={(owner) => void ask({ owner: owner || null })}
              options={[{ value: "", label: "Team: all" }, ...people.map((person) => ({ value: person.userId, label: person.name }))]}
            />
          )}
          <DownloadButton fetchFile={() => queryClient.fetchQuery(trpc.reports.weekCsv.queryOptions(input))} />
        </>
      }
    >
      {query.error && !week ? (
        <BrokenState error={query.error} onRetry={query.refetch} />
      ) : !week ? (
        <SkeletonRows rows={8} label="Loading the week" />
      ) : !week.hasEverSent && HEADS.every((key) => week.total[key] === 0 && week.before[key] === 0) ? (
        <EmptyState action={<ButtonLink href="/campaigns">Open campaigns</ButtonLink>}>Numbers appear with the first send.</EmptyState>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-4 pb-16 phone:px-4">
          <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
            <p className="min-w-0 flex-1 basis-64 text-sm text-muted">
              {dayOf(week.firstOn)} to {dayOf(week.lastOn)}, against the week before. Everything is counted when it happened.
            </p>
            <nav aria-label="Weeks" className="flex items-center gap-1">
              <Button variant="quiet" aria-label="Week before" onClick={() => void ask({ from: week.previousOn })}>
                ‹
              </Button>
              <Button variant="quiet" onClick={() => void ask({ from: null })}>
                This week
              </Button>
              <Button variant="quiet" aria-label="Week after" disabled={week.to > week.now} onClick={() => void ask({ from: week.nextOn })}>
                ›
              </Button>
            </nav>
          </div>
          {week.lastMailOn && <Quiet lastMailOn={week.lastMailOn} onShow={(from) => void ask({ from })} />}
          <Numbers week={week} owner={asked.owner ?? undefined} />
          <div className="mt-8 grid gap-8">
            <WeekPeople week={week} />
            <Risks week={week} />
          </div>
        </div>
      )}
    </ReportsFrame>
  );
}

/** Eight noughts say nothing: what there is to see is one press away. */
function Quiet({ lastMailOn, onShow }: { lastMailOn: string; onShow: (from: string) => void }) {
  return (
    <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control bg-hover px-4 py-3 text-sm">
      <p>Nothing happened in this week. The last mail left in the week of {dayOf(lastMailOn)}.</p>
      <Button onClick={() => onShow(lastMailOn)}>Show that week</Button>
    </div>
  );
}

function Numbers({ week, owner }: { week: WeekReport; owner: string | undefined }) {
  const outcomes = week.total.held + week.total.noShow;
  const rates: Partial<Record<WeekKey, string | null>> = {
    noShow: shareWords(week.total.noShow, outcomes),
    positive: shareWords(week.total.positive, week.total.contacted),
    replies: shareWords(week.total.replies, week.total.contacted),
  };
  return (
    <dl className="grid grid-cols-4 gap-x-6 gap-y-6 phone:grid-cols-2">
      {HEADS.map((key) => {
        const { label, counts, unit } = weekMeasures[key];
        const value =
          unit === "money" ? formatMoney(week.total[key], week.currency, { short: true }) : week.total[key].toLocaleString("en-GB");
        const before = unit === "money" ? moneyChange(week) : changeWords(week.total[key], week.before[key]);
        return (
          <div key={key} className="min-w-0">
            <dt className="text-sm text-muted" title={counts}>
              {label}
            </dt>
            <dd>
              <Link
                href={rowsHref("week", key, { from: week.firstOn, to: week.nextOn, owner })}
                className="text-2xl font-semibold tabular-nums hover:underline"
              >
                {value}
              </Link>
              <span className="ml-2 text-sm text-muted">{rates[key] ? `(${rates[key]})` : ""}</span>
              <span className="block text-xs text-muted">
                {before}
                {before !== "as before" && " on the week before"}
              </span>
              <span className="mt-1 block text-xs text-muted">{counts}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function moneyChange(week: WeekReport): string {
  const [now, before] = [week.total.pipeline, week.before.pipeline];
  if (now === before) return "as before";
  return `${now > before ? "+" : "−"}${formatMoney(Math.abs(now - before), week.currency, { short: true })}`;
}

function Risks({ week }: { week: WeekReport }) {
  const { dealsPastClose, meetingsWithoutOutcome, mailboxesInTrouble } = week.risks;
  const lines = [
    dealsPastClose > 0 && {
      href: "/deals?view=list&owner=all",
      text: `${dealsPastClose} open ${dealsPastClose === 1 ? "deal is" : "deals are"} past the close date`,
    },
    meetingsWithoutOutcome > 0 && {
      href: "/meetings/needs-outcome",
      text: `${meetingsWithoutOutcome} ${meetingsWithoutOutcome === 1 ? "meeting has" : "meetings have"} no outcome`,
    },
    mailboxesInTrouble > 0 && {
      href: "/mailboxes",
      text: `${mailboxesInTrouble} ${mailboxesInTrouble === 1 ? "mailbox needs" : "mailboxes need"} attention`,
    },
  ].filter((line) => line !== false);
  return (
    <Section title="Now">
      <ul className="grid gap-1 text-sm">
        {week.oldestUnanswered && (
          <li>
            Oldest unanswered:{" "}
            <Link className="text-accent hover:underline" href={`/inbox?open=${week.oldestUnanswered.replyId}`}>
              <bdi>{week.oldestUnanswered.name}</bdi>
            </Link>{" "}
            <span className="text-attention">
              <RelativeTime at={week.oldestUnanswered.receivedAt} />
            </span>
          </li>
        )}
        {lines.map((line) => (
          <li key={line.text}>
            <Link className="text-accent hover:underline" href={line.href}>
              {line.text}
            </Link>
          </li>
        ))}
        {lines.length === 0 && !week.oldestUnanswered && (
          <li className="text-muted">No answer waits, every meeting has its outcome, and every mailbox works.</li>
        )}
      </ul>
    </Section>
  );
}

function dayOf(civil: string): string {
  return formatCivil(civil);
}
