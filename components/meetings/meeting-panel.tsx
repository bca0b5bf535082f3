"use client";
import Link from "next/link";
import type { MeetingRow } from "#server/meetings/schema.ts";
import { RecordHistory } from "@/components/audit/record-history";
import { Button } from "@/components/ui/button";
import { Grade } from "@/components/ui/grade";
import { Terms } from "@/components/ui/section";
import { placeOf } from "@/components/ui/time/format";
import { Instant, RelativeTime } from "@/components/ui/time/relative-time";
import { CALENDAR_WORDS, MeetingStateMark } from "./meeting-words";

type Verbs = { onHeld: () => void; onNoShow: () => void; onMove: () => void; onCancel: () => void };

/** Everything about one meeting, and what may be done with it now. */
export function MeetingSummary({ meeting, verbs }: { meeting: MeetingRow; verbs: Verbs | null }) {
  const isOpen = meeting.state === "confirmed" || meeting.state === "moved";
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-2">
        <Grade grade={meeting.grade} />
        <div className="min-w-0 flex-1">
          {meeting.leadId ? (
            <Link className="font-medium text-accent hover:underline" href={`/leads/${meeting.leadId}`}>
              <bdi>{meeting.attendeeName}</bdi>
            </Link>
          ) : (
            <bdi className="font-medium">{meeting.attendeeName}</bdi>
          )}
          {meeting.company && <bdi className="block truncate text-sm text-muted">{meeting.company}</bdi>}
        </div>
        <MeetingStateMark meeting={meeting} />
      </div>
      {verbs && meeting.state === "needs_outcome" && (
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={verbs.onHeld}>
            Held
          </Button>
          <Button onClick={verbs.onNoShow}>No-show</Button>
          <Button onClick={verbs.onMove}>Moved</Button>
        </div>
      )}
      {verbs && isOpen && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={verbs.onMove}>Move meeting</Button>
          <Button variant="danger" onClick={verbs.onCancel}>
            Cancel meeting
          </Button>
        </div>
      )}
      <Terms
        items={[
          { term: "When", value: <Instant at={meeting.startsAt} /> },
          { term: `In ${placeOf(meeting.attendeeZone)}`, value: <Instant at={meeting.startsAt} zone={meeting.attendeeZone} /> },
          ...(meeting.movedFromAt ? [{ term: "Moved from", value: <Instant at={meeting.movedFromAt} /> }] : []),
          ...(meeting.attendeeAnswer ? [{ term: "Their calendar", value: CALENDAR_WORDS[meeting.attendeeAnswer] }] : []),
          ...(meeting.proposedAt ? [{ term: "They propose", value: <Instant at={meeting.proposedAt} /> }] : []),
          { term: "Title", value: <bdi>{meeting.title}</bdi> },
          { term: "Where", value: <bdi className="[overflow-wrap:anywhere]">{meeting.place}</bdi> },
          { term: "Host", value: <bdi>{meeting.hostName}</bdi> },
          { term: "E-mail", value: <span className="[overflow-wrap:anywhere]">{meeting.attendeeEmail}</span> },
          ...(meeting.guests.length > 0 ? [{ term: "Guests", value: meeting.guests.join(", ") }] : []),
          ...(meeting.answer ? [{ term: "They wrote", value: <bdi className="[overflow-wrap:anywhere]">{meeting.answer}</bdi> }] : []),
          ...(meeting.campaignId
            ? [
                {
                  term: "From",
                  value: (
                    <Link className="text-accent hover:underline" href={`/campaigns/${meeting.campaignId}`}>
                      {meeting.campaignName}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(meeting.dealId
            ? [
                {
                  term: "Deal",
                  value: (
                    <Link className="text-accent hover:underline" href={`/deals/${meeting.dealId}`}>
                      Open deal
                    </Link>
                  ),
                },
              ]
            : []),
          { term: "Booked", value: <RelativeTime at={meeting.createdAt} /> },
        ]}
      />
      <RecordHistory id={meeting.id} />
    </div>
  );
}
