"use client";
import Link from "next/link";
import { contactStateWords } from "#server/leads/constants.ts";
import type { LeadPageView } from "#server/leads/schema.ts";

/** Shown before anybody is added twice: who else is here, and whether we are talking to them already. */
export function CompanyStrip({ lead }: { lead: LeadPageView }) {
  const others = lead.colleagues.reduce((sum, each) => sum + each.count, 0);
  return (
    <div className="grid gap-1 text-sm">
      {lead.state === "do_not_contact" && (
        <p className="text-bad">Do not contact. Nobody here can mail them; Settings, Do not contact says why.</p>
      )}
      {lead.companyPausedAt && <p className="text-attention">Somebody at this company answered, so its other people are paused.</p>}
      {lead.company && lead.accountId && others > 0 && (
        <p className="text-muted">
          {others.toLocaleString("en-GB")} more {others === 1 ? "person" : "people"} at <bdi>{lead.companyForMail ?? lead.company}</bdi>:{" "}
          {lead.colleagues.map((each, index) => (
            <span key={each.state}>
              {index > 0 && ", "}
              <Link
                className="text-accent underline underline-offset-2"
                href={`/leads?state=${each.state}&q=${encodeURIComponent(lead.company ?? "")}`}
              >
                {each.count.toLocaleString("en-GB")} {contactStateWords[each.state].toLowerCase()}
              </Link>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
