"use client";
import Link from "next/link";
import { contactStateWords } from "#server/leads/constants.ts";
import type { ReplyDetail } from "#server/replies/schema.ts";
import { Grade } from "@/components/ui/grade";
import { formatPoints } from "@/components/ui/why";

/** The right column: who it is, why they matter, what state they are in. Below the conversation on a phone. */
export function LeadPane({ reply }: { reply: ReplyDetail }) {
  const { lead } = reply;
  return (
    <aside
      aria-label="Person"
      className="w-80 shrink-0 overflow-y-auto border-l border-line p-4 max-[1180px]:w-64 phone:w-full phone:border-t phone:border-l-0 phone:pb-24"
    >
      {lead ? (
        <div className="grid gap-4 text-sm">
          <div className="flex items-start gap-2">
            <Grade grade={lead.grade as "A" | null} />
            <div className="min-w-0">
              <Link href={`/leads/${lead.id}`} className="font-semibold hover:underline">
                <bdi>{lead.fullName}</bdi>
              </Link>
              {lead.title && <p className="text-muted">{lead.title}</p>}
            </div>
          </div>
          <dl className="grid gap-1.5">
            {lead.company && (
              <Line term="Company">
                <bdi>{lead.company}</bdi>
                {lead.employees !== null && <span className="text-muted"> · {lead.employees.toLocaleString("en-GB")} people</span>}
              </Line>
            )}
            {lead.place && (
              <Line term="Place">
                {lead.place}
                {lead.localTime && <span className="text-muted">, {lead.localTime} now</span>}
              </Line>
            )}
            <Line term="E-mail">
              <bdi className="[overflow-wrap:anywhere]">{lead.email ?? "none"}</bdi>
            </Line>
            {lead.contactState && <Line term="State">{wordOf(lead.contactState)}</Line>}
            {lead.campaign && (
              <Line term="Campaign">
                <bdi>{lead.campaign}</bdi>
                {lead.campaignState && (
                  <span className="text-muted">
                    {" · "}
                    {ENROLMENT_WORDS[lead.campaignState.status] ?? lead.campaignState.status}
                    {lead.campaignState.reason && `: ${lead.campaignState.reason}`}
                  </span>
                )}
              </Line>
            )}
            {lead.ownerName && (
              <Line term="Owner">
                <bdi>{lead.ownerName}</bdi>
              </Line>
            )}
          </dl>
          {lead.reasons.length > 0 && (
            <section>
              <h3 className="mb-1 text-xs font-semibold text-muted">
                Why {lead.grade ?? "this score"}: {lead.score}
              </h3>
              <ul>
                {lead.reasons.map((reason) => (
                  <li key={reason.label} className="flex gap-2 border-t border-line py-1">
                    <span className="min-w-0 flex-1">{reason.label}</span>
                    <span className="tabular-nums">{formatPoints(reason.points)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {lead.colleagues.length > 0 && (
            <section>
              <h3 className="mb-1 text-xs font-semibold text-muted">At the same company</h3>
              <ul>
                {lead.colleagues.map((colleague) => (
                  <li key={colleague.id} className="flex gap-2 border-t border-line py-1">
                    <Link href={`/leads/${colleague.id}`} className="min-w-0 flex-1 truncate hover:underline">
                      <bdi>{colleague.fullName}</bdi>
                    </Link>
                    <span className="text-muted">{wordOf(colleague.state)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      ) : (
        <p className="text-sm text-muted">
          <bdi>{reply.fromAddress}</bdi> is nobody you know yet.
        </p>
      )}
    </aside>
  );
}

function Line({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[72px_1fr] gap-2">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function wordOf(state: string): string {
  return (contactStateWords as Record<string, string>)[state] ?? state;
}

const ENROLMENT_WORDS: Record<string, string> = {
  active: "running",
  paused: "paused",
  replied: "replied",
  finished: "finished",
  stopped: "stopped",
  given_up: "given up",
};
