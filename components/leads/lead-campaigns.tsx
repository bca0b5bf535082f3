"use client";
import Link from "next/link";
import type { LeadPageView } from "#server/leads/schema.ts";
import { useClock } from "@/components/ui/time/clock";
import { SendTime } from "@/components/ui/time/send-time";

const WORDS: Record<string, string> = {
  active: "In it",
  paused: "Paused",
  replied: "Replied",
  finished: "Finished",
  stopped: "Stopped",
  given_up: "Given up: no address",
};

export function LeadCampaigns({ campaigns, zone }: { campaigns: LeadPageView["campaigns"]; zone: string | null }) {
  const clock = useClock();
  if (campaigns.length === 0) return <p className="py-2 text-sm text-muted">In no campaign yet. Press C to add them to one.</p>;
  return (
    <ul>
      {campaigns.map((each) => (
        <li key={each.id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 text-sm first:border-t-0">
          <Link href={`/campaigns/${each.campaign.id}/people`} className="font-medium text-accent hover:underline">
            <bdi>{each.campaign.name}</bdi>
          </Link>
          <span>
            {WORDS[each.status] ?? each.status}
            {(each.stopReason ?? each.pausedReason) && `: ${each.stopReason ?? each.pausedReason}`}
          </span>
          {each.status === "active" && each.plannedAt && (
            <SendTime at={each.plannedAt} zone={zone ?? clock.zone} isBooked={each.planKind === "exact"} />
          )}
        </li>
      ))}
    </ul>
  );
}
