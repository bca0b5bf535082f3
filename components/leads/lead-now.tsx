"use client";
import { jobFunctionWords, seniorityWords } from "#server/leads/constants.ts";
import type { LeadPageView } from "#server/leads/schema.ts";
import { Section, Terms } from "@/components/ui/section";

import { EmailStanding, LeadState, LocalTime } from "./lead-words";
import { ScoreWhy } from "./score-why";

const ZONE_SOURCES: Record<string, string> = {
  stated: "as stated",
  city: "from the city",
  phone: "from the phone prefix",
  country: "from the country",
  company: "from the company's country",
  import: "from the import",
};

/** The left side: where they stand, why this grade, how to reach them. */
export function LeadNow({ lead }: { lead: LeadPageView }) {
  const rank = [lead.function && jobFunctionWords[lead.function], lead.seniority && seniorityWords[lead.seniority]]
    .filter(Boolean)
    .join(", ");
  return (
    <div className="grid content-start gap-6">
      <Section title="Now">
        <div className="grid gap-3">
          <LeadState {...lead} />
          <Terms
            items={[
              { term: "E-mail", value: lead.email ? <span className="[overflow-wrap:anywhere]">{lead.email}</span> : "None yet" },
              { term: "Checked", value: <EmailStanding status={lead.emailStatus} email={lead.email} /> },
              { term: "Phone", value: lead.phone ?? "–" },
              {
                term: "There",
                value: (
                  <span>
                    <LocalTime country={lead.country} timeZone={lead.timeZone} withPlace />{" "}
                    {lead.timeZoneSource && <span className="text-muted">{ZONE_SOURCES[lead.timeZoneSource] ?? lead.timeZoneSource}</span>}
                  </span>
                ),
              },
              { term: "Reads as", value: rank || "–" },
              { term: "Came from", value: <bdi>{lead.importRow ? `${lead.source}, row ${lead.importRow}` : lead.source}</bdi> },
            ]}
          />
        </div>
      </Section>
      <Section title="Why this grade">
        <ScoreWhy leadId={lead.id} name={lead.fullName} />
      </Section>
      {Object.keys(lead.customFields).length > 0 && (
        <Section title="Own fields">
          <Terms
            items={Object.entries(lead.customFields).map(([term, value]) => ({
              term,
              value: <bdi className="[overflow-wrap:anywhere]">{String(value)}</bdi>,
            }))}
          />
        </Section>
      )}
    </div>
  );
}
