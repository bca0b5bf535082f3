import { createHash } from "node:crypto";
import { publicBase } from "#server/compliance/queries/public-base.ts";
import type { Tx } from "#server/core/db.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";
import { writeInvitation } from "../domain/invitation.ts";
import { type MeetingMail, meetingMail } from "../domain/meeting-mail.ts";
import { findMailbox } from "./find-mailbox.ts";
import { manageToken } from "./manage-token.ts";

/**
 * The mail of a booking, a move or a cancellation, with its calendar part, through the ledger: one per meeting and sequence. Without
 * a mailbox to send from nothing is mailed; the booking stands, and its page offers the calendar file.
 */
export async function mailInvitation(tx: Tx, input: { meetingId: string; kind: MeetingMail["kind"] }): Promise<void> {
  const meeting = await tx.meeting.findFirst({ where: { id: input.meetingId } });
  const mailbox = meeting && (await findMailbox(tx, meeting));
  const parts = mailbox && (await composeInvitation(tx, input));
  if (!meeting || !mailbox || !parts) return;
  const thread = meeting.leadId
    ? await tx.thread.findFirst({
        where: { leadId: meeting.leadId, mailboxId: mailbox.id },
        orderBy: { lastAt: "desc" },
        select: { id: true },
      })
    : null;
  for (const to of [meeting.attendeeEmail, ...meeting.guests]) {
    const isAttendee = to === meeting.attendeeEmail;
    await reserveMessage(tx, {
      purpose: "meeting",
      dedupeKey: isAttendee ? `meeting:${meeting.id}:${meeting.sequence}` : `meeting-guest:${meeting.id}:${meeting.sequence}:${digest(to)}`,
      mailboxId: mailbox.id,
      to,
      subject: parts.subject,
      // The link moves and cancels the meeting, so it goes to the one who booked it, not to the guests.
      bodyText: isAttendee ? parts.text : parts.textForGuests,
      calendarPart: parts.calendar,
      leadId: isAttendee ? meeting.leadId : null,
      campaignId: null,
      meetingId: meeting.id,
      threadId: isAttendee ? (thread?.id ?? null) : null,
    });
  }
}

/** The words and the calendar file of a meeting as it stands now. */
export async function composeInvitation(tx: Tx, input: { meetingId: string; kind: MeetingMail["kind"] }) {
  const meeting = await tx.meeting.findFirst({ where: { id: input.meetingId } });
  const host = meeting && (await tx.member.findFirst({ where: { userId: meeting.hostId }, select: { fullName: true, email: true } }));
  if (!meeting || !host) return null;
  const base = await publicBase(tx);
  // Calendars answer the organiser: it has to be an address that we read.
  const mailbox = await findMailbox(tx, meeting);
  const words = {
    kind: input.kind,
    title: meeting.title,
    attendeeName: meeting.attendeeName,
    attendeeZone: meeting.attendeeZone,
    hostName: host.fullName,
    hostZone: meeting.hostZone,
    startsAt: meeting.startsAt,
    movedFromAt: meeting.movedFromAt,
    place: meeting.place,
  };
  const mail = meetingMail({ ...words, manageUrl: base && `${base}/book/manage/${manageToken(meeting.id)}` });
  const calendar = writeInvitation({
    kind: input.kind === "cancelled" ? "cancel" : "request",
    uid: meeting.uid,
    sequence: meeting.sequence,
    title: meeting.title,
    description: meeting.answer ?? "",
    place: meeting.place,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    stampedAt: tx.now,
    host: { name: host.fullName, email: mailbox?.address ?? host.email },
    attendees: [{ name: meeting.attendeeName, email: meeting.attendeeEmail }, ...meeting.guests.map((email) => ({ name: email, email }))],
  });
  return { ...mail, textForGuests: meetingMail({ ...words, manageUrl: null }).text, calendar };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
