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

export function MeetingStateMark({ meeting }: { meeting: Pick<MeetingRow, "state" | "cancelledBy"> }) {
  return <State tone={TONES[meeting.state]}>{meetingWord(meeting)}</State>;
}
