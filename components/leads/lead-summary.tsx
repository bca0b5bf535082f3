"use client";
import { useQuery } from "@tanstack/react-query";
import type { LeadRow } from "#server/leads/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { ButtonLink } from "@/components/ui/button";
import { Grade } from "@/components/ui/grade";
import { Section, Terms } from "@/components/ui/section";
import { LeadTimeline } from "./lead-timeline";
import { EmailStanding, LeadState, LocalTime } from "./lead-words";
import { ScoreWhy } from "./score-why";

/** The person beside the list: standing, why this grade, what happened last. */
export function LeadSummary({ row }: { row: LeadRow }) {
  const trpc = useTRPC();
  const page = useQuery(trpc.leads.page.queryOptions({ id: row.id }));
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <p className="flex items-center gap-2 text-sm">
          <Grade grade={row.grade} />
          <span className="min-w-0 truncate">
            <bdi>{row.title ?? "No title"}</bdi>
            {row.company && (
              <>
                {" at "}
                <bdi>{row.company}</bdi>
              </>
            )}
          </span>
        </p>
        <LeadState {...row} />
        <Terms
          items={[
            { term: "E-mail", value: row.email ? <span className="[overflow-wrap:anywhere]">{row.email}</span> : "None yet" },
            { term: "Checked", value: <EmailStanding status={row.emailStatus} email={row.email} /> },
            { term: "Phone", value: row.phone ?? "–" },
            { term: "There", value: <LocalTime country={row.country} timeZone={row.timeZone} withPlace /> },
            { term: "Owner", value: <bdi>{row.ownerName}</bdi> },
            ...(page.data?.campaigns[0] ? [{ term: "Campaign", value: <bdi>{page.data.campaigns[0].campaign.name}</bdi> }] : []),
          ]}
        />
        <div>
          <ButtonLink size="sm" href={`/leads/${row.id}`}>
            Open in full
          </ButtonLink>
        </div>
      </div>
      <Section title="Why this grade">
        <ScoreWhy leadId={row.id} name={row.fullName} />
      </Section>
      <Section title="Timeline">
        <LeadTimeline leadId={row.id} short />
      </Section>
    </div>
  );
}
