/** What a calendar program said about an invitation of ours; iTIP (RFC 5546). */
export type CalendarSaid = {
  answer: "accepted" | "declined" | "tentative" | "counter";
  attendee: string;
  /** Null: it did not say which version it answers. */
  sequence: number | null;
  /** DTSTAMP: the later of two answers to one version counts. */
  stampedAt: Date | null;
  /** Of the version that it answers; of a counter: the time that they propose. */
  startsAt: Date | null;
};
export type Invited = {
  state: string;
  outcome: string | null;
  startsAt: Date;
  endsAt: Date;
  sequence: number;
  attendeeEmail: string;
  guests: readonly string[];
  answeredAt: Date | null;
};
export type CalendarJudgement =
  | { does: "nothing"; because: "stranger" | "old_version" | "old_answer" | "cancelled" | "over" }
  | { does: "note" | "note_guest" | "cancel" }
  | { does: "ask_to_move"; proposedAt: Date };

/**
 * Only somebody who was invited answers, only about the version that stands, and only while it can still matter. Their no frees the time;
 * another time is a person's to agree; a guest's answer moves nothing.
 */
export function judgeCalendarAnswer(said: CalendarSaid, meeting: Invited, now: Date): CalendarJudgement {
  const isAttendee = said.attendee === meeting.attendeeEmail;
  if (!isAttendee && !meeting.guests.includes(said.attendee)) return { does: "nothing", because: "stranger" };
  if (isOldVersion(said, meeting)) return { does: "nothing", because: "old_version" };
  if (meeting.state === "cancelled") return { does: "nothing", because: "cancelled" };
  if (meeting.outcome !== null || meeting.endsAt <= now) return { does: "nothing", because: "over" };
  if (!isAttendee) return { does: "note_guest" };
  if (said.stampedAt && meeting.answeredAt && said.stampedAt < meeting.answeredAt) return { does: "nothing", because: "old_answer" };
  if (said.answer === "declined") return { does: "cancel" };
  if (said.answer === "counter" && said.startsAt && said.startsAt > now) return { does: "ask_to_move", proposedAt: said.startsAt };
  return { does: "note" };
}

/** A program that leaves SEQUENCE out answers the version whose time it names. */
function isOldVersion(said: CalendarSaid, meeting: Invited): boolean {
  if (said.sequence !== null) return said.sequence < meeting.sequence;
  if (said.answer === "counter" || said.startsAt === null) return meeting.sequence > 0;
  return said.startsAt.getTime() !== meeting.startsAt.getTime();
}
