import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { getMeeting } from "../queries/list-meetings.ts";
import type { BookMeetingRequest, MeetingRow } from "../schema.ts";
import { bookMeeting } from "./book-meeting.ts";
import type { BookingInput } from "./write-booking.ts";

/** A colleague books: the host is themselves unless named, the attendee is the lead unless typed. */
export async function bookForLead(workspaceId: WorkspaceId, viewer: Viewer, request: BookMeetingRequest): Promise<MeetingRow> {
  const input = await inWorkspace(workspaceId, (tx) => readRequest(tx, viewer, request));
  const answer = await bookMeeting(workspaceId, input);
  if (answer.outcome === "taken") throw new AppError("CONFLICT", answer.said);
  // Booking for somebody whose meetings one may not list is allowed; seeing them again is not needed here.
  return inWorkspace(workspaceId, (tx) => getMeeting(tx, { userId: input.hostId, role: "owner" }, answer.meetingId));
}

async function readRequest(tx: Tx, viewer: Viewer, request: BookMeetingRequest): Promise<BookingInput> {
  const lead = request.leadId ? await tx.lead.findFirst({ where: { id: request.leadId, deletedAt: null } }) : null;
  if (request.leadId && !lead) throw new AppError("NOT_FOUND", "This person no longer exists.");
  if (request.replyId && !(await tx.reply.findFirst({ where: { id: request.replyId }, select: { id: true } }))) {
    throw new AppError("NOT_FOUND", "This answer no longer exists.");
  }
  const workspace = await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { timeZone: true } });
  const attendeeEmail = request.attendeeEmail ?? lead?.email;
  const attendeeName = request.attendeeName ?? lead?.fullName;
  if (!attendeeEmail || !attendeeName)
    throw new AppError("INVALID_INPUT", "A meeting needs a name and an e-mail address of the person you meet.");
  return {
    hostId: request.hostId ?? viewer.userId,
    startsAt: request.startsAt,
    leadId: lead?.id ?? null,
    attendeeName,
    attendeeEmail,
    attendeeZone: request.attendeeZone ?? lead?.timeZone ?? workspace?.timeZone ?? "UTC",
    guests: request.guests,
    answer: request.answer,
    bookedById: viewer.userId,
    replyId: request.replyId ?? null,
    title: request.title,
    outsideHours: request.outsideHours,
  };
}
