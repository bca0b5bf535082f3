import type { MeetingState } from "../schema.ts";

export type StoredMeeting = { state: string; outcome: string | null; endsAt: Date; movedFromAt: Date | null };

/** What a meeting is at this instant, in the one word that screens show. */
export function meetingStateAt(meeting: StoredMeeting, now: Date): MeetingState {
  if (meeting.state === "cancelled") return "cancelled";
  if (meeting.outcome === "held" || meeting.outcome === "no_show") return meeting.outcome;
  if (meeting.state === "held_for_approval") return "held_for_approval";
  if (meeting.endsAt <= now) return "needs_outcome";
  return meeting.movedFromAt ? "moved" : "confirmed";
}
