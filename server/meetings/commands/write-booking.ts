import { pauseColleagues } from "#server/campaigns/commands/pause-colleagues.ts";
import { stopEnrolments } from "#server/campaigns/commands/stop-enrolments.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { openDealForMeeting } from "#server/deals/commands/open-deal-for-meeting.ts";
import { setDue } from "#server/jobs/due.ts";
import { meetingBooked } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { createLead } from "#server/leads/commands/create-lead.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { OUTCOME_ASKED_AFTER_MS } from "../constants.ts";
import { getHostCalendar, type HostCalendar, listFreeSlots } from "../queries/host-calendar.ts";
import { lockHost, occupy } from "./hold-host.ts";
import { mailInvitation } from "./mail-invitation.ts";
import { manageTokenHash } from "./manage-token.ts";
import { SlotTaken } from "./taken.ts";

export type BookingInput = {
  hostId: string;
  startsAt: Date;
  /** Null: known by address, or a new person. */
  leadId: string | null;
  attendeeName: string;
  attendeeEmail: string;
  attendeeZone: string;
  guests: readonly string[];
  answer: string | null;
  /** The colleague who booked it; null when they did it themselves. */
  bookedById: string | null;
  replyId: string | null;
  title?: string | undefined;
  /** A person agreed this time by mail: only an overlap refuses it. */
  outsideHours: boolean;
};

const PRESSED_AGAIN_MS = 10 * 60_000;

/** The whole consequence of a booking, in one transaction. The same person booking the same time twice has one meeting. */
export async function writeBooking(tx: Tx, input: BookingInput): Promise<{ meetingId: string; isNew: boolean }> {
  const { workspaceId, now } = tx;
  const calendar = await getHostCalendar(tx, input.hostId);
  await lockHost(tx, input.hostId);
  const { hostId, startsAt, attendeeEmail, attendeeName } = input;
  const same = await tx.meeting.findFirst({
    where: { hostId, startsAt, attendeeEmail, state: "confirmed", ...(input.bookedById === null && pressedAgain(now, attendeeName)) },
    select: { id: true },
  });
  if (same) return { meetingId: same.id, isNew: false };
  await requireFree(tx, calendar, input);

  const person = await findPerson(tx, input);
  const credit = await findCredit(tx, person.leadId);
  const dealId = await openDealForMeeting(tx, {
    leadId: person.leadId,
    accountId: person.accountId,
    title: person.company ?? input.attendeeName,
    ownerId: input.hostId,
    sourcedById: credit.senderId ?? person.ownerId,
    campaignId: credit.campaignId,
  });
  const meetingId = newId();
  const endsAt = new Date(input.startsAt.getTime() + calendar.durationMs);
  await tx.meeting.create({
    data: {
      id: meetingId,
      workspaceId,
      bookingPageId: calendar.bookingPageId,
      hostId: input.hostId,
      leadId: person.leadId,
      accountId: person.accountId,
      dealId,
      campaignId: credit.campaignId,
      replyId: input.replyId,
      bookedById: input.bookedById,
      title: input.title ?? titleOf(calendar, person.company ?? input.attendeeName),
      startsAt: input.startsAt,
      endsAt,
      attendeeName: input.attendeeName,
      attendeeEmail: input.attendeeEmail,
      attendeeZone: input.attendeeZone,
      hostZone: calendar.zone,
      place: calendar.place,
      answer: input.answer || null,
      guests: [...input.guests],
      state: "confirmed",
      uid: `${meetingId}@${calendar.hostEmail.split("@").at(-1) ?? "leadwright.invalid"}`,
      manageTokenHash: manageTokenHash(meetingId),
      createdAt: now,
    },
  });
  await occupy(tx, { hostId: input.hostId, meetingId, startsAt: input.startsAt, endsAt, bufferMs: calendar.bufferMs });
  await recordActivity(tx, {
    kind: "meeting/booked",
    leadId: person.leadId,
    accountId: person.accountId,
    campaignId: credit.campaignId,
    dealId,
    actorId: input.bookedById,
    detail: { meetingId, by: input.bookedById ? "us" : "them" },
  });
  await stopEnrolments(tx, { leadId: person.leadId, reason: "A meeting is booked", status: "stopped" });
  if (person.accountId) {
    await pauseColleagues(tx, {
      accountId: person.accountId,
      exceptLeadId: person.leadId,
      reason: `${input.attendeeName} booked a meeting`,
    });
  }
  await refreshLeadState(tx, [person.leadId]);
  await setDue(tx, { kind: "meeting", subjectId: meetingId, dueAt: new Date(endsAt.getTime() + OUTCOME_ASKED_AFTER_MS) });
  await emit(tx, meetingBooked.create({ workspaceId, meetingId }, { id: `meeting-booked:${meetingId}` }));
  await mailInvitation(tx, { meetingId, kind: "confirmed" });
  return { meetingId, isNew: true };
}

/** A visitor gets the meeting's own link back, so more is asked of them than an address and an hour, which others know too. */
function pressedAgain(now: Date, attendeeName: string) {
  return { attendeeName, createdAt: { gt: new Date(now.getTime() - PRESSED_AGAIN_MS) } };
}

async function requireFree(tx: Tx, calendar: HostCalendar, { startsAt, outsideHours }: BookingInput): Promise<void> {
  if (startsAt <= tx.now) throw new AppError("INVALID_INPUT", "This time has passed. Pick a later one.");
  if (outsideHours) return;
  const [start] = await listFreeSlots(tx, calendar, { from: startsAt, to: new Date(startsAt.getTime() + 1) });
  if (start !== startsAt.getTime()) throw new SlotTaken();
}

type Person = { leadId: string; accountId: string | null; company: string | null; ownerId: string };

/** Who is known by address is found; a new person becomes a lead whose source is the booking. */
async function findPerson(tx: Tx, input: BookingInput): Promise<Person> {
  const id =
    input.leadId ??
    (
      await createLead(tx, {
        fullName: input.attendeeName,
        email: input.attendeeEmail,
        timeZone: input.attendeeZone,
        ownerId: input.hostId,
        source: "booking",
        actorId: input.bookedById,
      })
    ).id;
  const lead = await tx.lead.findFirst({ where: { id }, include: { account: true } });
  if (!lead) throw new AppError("NOT_FOUND", "This person no longer exists.");
  return { leadId: lead.id, accountId: lead.accountId, company: lead.account?.nameForMail ?? null, ownerId: lead.ownerId };
}

/** Credit goes to the campaign that last wrote to them, and to whoever sent it. */
async function findCredit(tx: Tx, leadId: string): Promise<{ campaignId: string | null; senderId: string | null }> {
  const last = await tx.enrolment.findFirst({
    where: { leadId, lastSentAt: { not: null } },
    orderBy: { lastSentAt: "desc" },
    select: { campaignId: true, senderId: true },
  });
  return { campaignId: last?.campaignId ?? null, senderId: last?.senderId ?? null };
}

function titleOf(calendar: HostCalendar, who: string): string {
  return `${calendar.name}: ${who}, ${calendar.hostName}`;
}
