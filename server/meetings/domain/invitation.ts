import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

export type Invitation = {
  kind: "request" | "cancel";
  uid: string;
  sequence: number;
  title: string;
  description: string;
  place: string;
  startsAt: Date;
  endsAt: Date;
  /** DTSTAMP: the workspace's now, never the machine's. */
  stampedAt: Date;
  host: { name: string; email: string };
  attendees: { name: string; email: string }[];
};

/**
 * The text/calendar part of a meeting mail. One meeting keeps one UID for life; each change raises SEQUENCE, so that a calendar
 * which gets two versions out of order keeps the newer. Times are in UTC: no calendar needs to know our zones.
 */
export function writeInvitation(invitation: Invitation): string {
  const isCancelled = invitation.kind === "cancel";
  const calendar = ical({
    prodId: { company: "Leadwright", product: "Meetings" },
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  const event = calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    start: invitation.startsAt,
    end: invitation.endsAt,
    stamp: invitation.stampedAt,
    summary: invitation.title,
    description: invitation.description,
    location: invitation.place,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: invitation.host.name, email: invitation.host.email },
  });
  for (const attendee of invitation.attendees) {
    event.createAttendee({ ...attendee, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION, rsvp: !isCancelled });
  }
  return calendar.toString();
}
