"use client";
import Link from "next/link";
import type { DraftView } from "#server/writing/schema.ts";
import { useClock } from "@/components/ui/time/clock";
import { formatInstant } from "@/components/ui/time/format";
import { SendTime } from "@/components/ui/time/send-time";

/** To whom, from which campaign, when it leaves and until when it must be approved. */
export function DraftHead({ draft, place }: { draft: DraftView; place: string }) {
  const { now, zone } = useClock();
  const { lead, campaign, approveBy, plannedAt, planKind } = draft;
  const theirZone = lead.timeZone ?? zone;
  const isLate = approveBy !== null && approveBy.getTime() < now.getTime();
  return (
    <header className="mb-4 flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line pb-3 text-sm">
      <h2 className="min-w-0 truncate text-lg font-semibold">
        <Link href={`/leads/${lead.id}`} className="hover:underline">
          <bdi>{lead.fullName}</bdi>
        </Link>
        {lead.company && (
          <span className="font-normal text-muted">
            {" "}
            · <bdi>{lead.company}</bdi>
          </span>
        )}
      </h2>
      {lead.title && <bdi className="min-w-0 truncate text-muted">{lead.title}</bdi>}
      <span className="ml-auto text-muted tabular-nums">{place}</span>
      <p className="w-full">
        {plannedAt && (
          <>
            Leaves <SendTime at={plannedAt} zone={theirZone} isBooked={planKind === "exact"} />
          </>
        )}
        {approveBy && (
          <span className={isLate ? "text-attention" : "text-muted"}>
            {isLate
              ? " · not approved in time: it moves to the next working day"
              : ` if approved by ${formatInstant(approveBy, zone, now)}`}
          </span>
        )}
        {campaign && (
          <span className="text-muted">
            {(plannedAt || approveBy) && " · "}
            <Link href={`/campaigns/${campaign.id}`} className="hover:underline">
              <bdi>{campaign.name}</bdi>
            </Link>
          </span>
        )}
      </p>
    </header>
  );
}
