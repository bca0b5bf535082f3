import type { MeetingRow, MeetingState } from "#server/meetings/schema.ts";
import { State } from "@/components/ui/state";

const TONES: Record<MeetingState, "good" | "attention" | "bad" | "active" | "neutral" | "muted"> = {
  held_for_approval: "attention",
  confirmed: "active",
  moved: "active",
  cancelled: "muted",
  needs_outcome: "attention",
  held: "good",
  no_show: "bad",
};

export function meetingWord(meeting: Pick<MeetingRow, "state" | "cancelledBy">): string {
  switch (meeting.state) {
    case "held_for_approval":
      return "Held for approval";
    case "confirmed":
      return "Confirmed";
    case "moved":
      return "Moved";
    case "cancelled":
      return meeting.cancelledBy === "them" ? "Cancelled by them" : "Cancelled by us";
    case "needs_outcome":
      return "Did it happen?";
    case "held":
      return "Held";
    case "no_show":
      return "No-show";
  }
}

/** What their calendar said about the invitation. */
export const CALENDAR_WORDS: Record<NonNullable<MeetingRow["attendeeAnswer"]>, string> = {
  accepted: "Accepted",
  declined: "Declined",
  tentative: "Maybe",
  counter: "Proposes another time",
};

type Marked = Pick<MeetingRow, "state" | "cancelledBy" | "attendeeAnswer">;

export function MeetingStateMark({ meeting }: { meeting: Marked }) {
  const isAhead = meeting.state === "confirmed" || meeting.state === "moved";
  if (isAhead && meeting.attendeeAnswer === "counter") return <State tone="attention">{CALENDAR_WORDS.counter}</State>;
  const said = isAhead && meeting.attendeeAnswer ? ` · ${CALENDAR_WORDS[meeting.attendeeAnswer].toLowerCase()}` : "";
  return (
    <State tone={TONES[meeting.state]}>
      {meetingWord(meeting)}
      {said}
    </State>
  );
}
