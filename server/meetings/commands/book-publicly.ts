import { inWorkspace } from "#server/core/db.ts";
import { findManagedMeeting, findPublicPage, hostOfSlug } from "../queries/public-booking.ts";
import type { PublicBookingInput } from "../schema.ts";
import { type Booked, bookMeeting } from "./book-meeting.ts";
import { cancelMeeting, rescheduleMeeting } from "./change-meeting.ts";
import { composeInvitation } from "./mail-invitation.ts";
import { leadOfLink } from "./manage-token.ts";
import type { Taken } from "./taken.ts";

/** A visitor books. Who they are is what they type; a signed link only says whom the mail was written to. */
export async function bookPublicly(input: PublicBookingInput): Promise<Booked | Taken> {
  const { workspaceId } = await findPublicPage(input.slug);
  const { hostId, leadId } = await inWorkspace(workspaceId, async (tx) => {
    const calendar = await hostOfSlug(tx, input.slug);
    return { hostId: calendar.hostId, leadId: await knownLead() };

    /** The linked person, unless the address says that somebody else took the link. */
    async function knownLead(): Promise<string | null> {
      const linked = leadOfLink(input.linkToken);
      if (!linked) return null;
      const lead = await tx.lead.findFirst({ where: { id: linked, deletedAt: null }, select: { id: true, email: true, fullName: true } });
      const isSame = lead && (!lead.email || lead.email === input.attendeeEmail || lead.fullName === input.attendeeName);
      return isSame ? lead.id : null;
    }
  });
  return bookMeeting(workspaceId, {
    hostId,
    leadId,
    startsAt: input.startsAt,
    attendeeName: input.attendeeName,
    attendeeEmail: input.attendeeEmail,
    attendeeZone: input.attendeeZone,
    guests: input.guests,
    answer: input.answer,
    bookedById: null,
    replyId: null,
    outsideHours: false,
  });
}

/** Name and address for the form of a linked visitor. */
export async function prefillFor(input: {
  slug: string;
  linkToken: string | undefined;
}): Promise<{ name: string; email: string; zone: string | null } | null> {
  const leadId = leadOfLink(input.linkToken);
  if (!leadId) return null;
  const { workspaceId } = await findPublicPage(input.slug);
  return inWorkspace(workspaceId, async (tx) => {
    const lead = await tx.lead.findFirst({
      where: { id: leadId, deletedAt: null },
      select: { fullName: true, email: true, timeZone: true },
    });
    return lead && { name: lead.fullName, email: lead.email ?? "", zone: lead.timeZone };
  });
}

export async function moveByLink(input: { token: string; startsAt: Date }): Promise<{ outcome: "moved" } | Taken> {
  const { workspaceId, meetingId } = await findManagedMeeting(input.token);
  return rescheduleMeeting(workspaceId, { meetingId, actorId: null, startsAt: input.startsAt });
}

export async function cancelByLink(input: { token: string }): Promise<void> {
  const { workspaceId, meetingId } = await findManagedMeeting(input.token);
  await inWorkspace(workspaceId, (tx) => cancelMeeting(tx, { meetingId, actorId: null }));
}

/** The calendar file of a managed meeting, for "Add to calendar". */
export async function calendarByLink(input: { token: string }): Promise<string | null> {
  const { workspaceId, meetingId } = await findManagedMeeting(input.token);
  return inWorkspace(workspaceId, async (tx) => {
    const meeting = await tx.meeting.findFirst({ where: { id: meetingId }, select: { state: true } });
    const parts = await composeInvitation(tx, { meetingId, kind: meeting?.state === "cancelled" ? "cancelled" : "confirmed" });
    return parts?.calendar ?? null;
  });
}
