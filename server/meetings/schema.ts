import * as z from "zod";
import { weekdays } from "./constants.ts";

export type Weekday = (typeof weekdays)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "Write a time as 09:00.");
const timeSpan = z.tuple([clockTime, clockTime]).refine(([from, to]) => from < to, "The end must be after the start.");
/** Working hours: spans per weekday, in the host's zone. A day that is absent is a day off. */
export const weeklyHours = z.partialRecord(z.enum(weekdays), z.array(timeSpan).max(6));
export type WeeklyHours = z.output<typeof weeklyHours>;

const zoneIds = new Set(Intl.supportedValuesOf("timeZone"));
export function isTimeZone(zone: string): boolean {
  if (zoneIds.has(zone) || zone === "UTC") return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
export const timeZone = z.string().max(64).refine(isTimeZone, "Choose a time zone such as Europe/Lisbon.");

/** As shown: what a meeting is now, outcome included. */
export const meetingState = z.enum(["held_for_approval", "confirmed", "moved", "cancelled", "needs_outcome", "held", "no_show"]);
export type MeetingState = z.output<typeof meetingState>;

export const slot = z.object({ startsAt: z.date(), endsAt: z.date() });
export type Slot = z.output<typeof slot>;
/** A time we may put into a mail. The label is in the prospect's zone, which it names. */
export const proposedTime = slot.extend({ label: z.string() });
export type ProposedTime = z.output<typeof proposedTime>;

export const meetingTabs = ["upcoming", "needs-outcome", "all"] as const;
export const meetingTab = z.enum(meetingTabs);

export const meetingRow = z.object({
  id: z.uuid(),
  title: z.string(),
  state: meetingState,
  startsAt: z.date(),
  endsAt: z.date(),
  hostId: z.uuid(),
  hostName: z.string(),
  hostZone: z.string(),
  attendeeName: z.string(),
  attendeeEmail: z.string(),
  attendeeZone: z.string(),
  guests: z.array(z.string()),
  place: z.string(),
  answer: z.string().nullable(),
  cancelledBy: z.string().nullable(),
  movedFromAt: z.date().nullable(),
  /** what their calendar said about the invitation as it stands */
  attendeeAnswer: z.enum(["accepted", "declined", "tentative", "counter"]).nullable(),
  proposedAt: z.date().nullable(),
  sequence: z.number().int(),
  leadId: z.uuid().nullable(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  campaignId: z.uuid().nullable(),
  campaignName: z.string().nullable(),
  dealId: z.uuid().nullable(),
  createdAt: z.date(),
});
export type MeetingRow = z.output<typeof meetingRow>;

export const listMeetingsInput = z.object({
  tab: meetingTab.default("all"),
  hostId: z.uuid().optional(),
  leadId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
});
export const listMeetingsOutput = z.object({
  items: z.array(meetingRow),
  nextCursor: z.string().optional(),
  now: z.date(),
  counts: z.object({ upcoming: z.number().int(), needsOutcome: z.number().int(), all: z.number().int() }),
});

/** Years of four digits, with room for an end: what calendars, mails and the database can say. */
const startsAt = z
  .date()
  .min(new Date(0), "This time has passed. Pick a later one.")
  .max(new Date("9000-01-01T00:00:00Z"), "This time is too far away.");

const attendee = {
  /** One line: it greets in a mail that goes to whatever address a visitor typed. */
  attendeeName: z
    .string()
    .overwrite((name) => name.replace(/[\s\p{Cc}]+/gu, " ").trim())
    .min(1, "Enter your name.")
    .max(120),
  attendeeEmail: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address such as name@company.example.")),
  attendeeZone: timeZone,
  guests: z
    .array(z.string().trim().toLowerCase().pipe(z.email("A guest's address is not an e-mail address.")))
    .max(10, "At most ten guests.")
    .default([]),
  answer: z.string().trim().max(1000, "Keep the answer below 1000 characters.").nullable().default(null),
};

/** What the public page sends: no ids, only what a visitor knows. */
export const publicBookingInput = z.object({
  slug: z.string().max(100),
  startsAt,
  linkToken: z.string().max(400).optional(),
  ...attendee,
});
export type PublicBookingInput = z.output<typeof publicBookingInput>;

/** What a colleague books for somebody: with a lead, name and address come from there. */
export const bookMeetingInput = z.object({
  hostId: z.uuid().optional(),
  leadId: z.uuid().optional(),
  replyId: z.uuid().optional(),
  startsAt,
  title: z.string().trim().min(1).max(200).optional(),
  attendeeName: attendee.attendeeName.optional(),
  attendeeEmail: attendee.attendeeEmail.optional(),
  attendeeZone: timeZone.optional(),
  guests: attendee.guests,
  answer: attendee.answer,
  /** Book although the time lies outside the host's hours: a person agreed it by mail. */
  outsideHours: z.boolean().default(false),
});
export type BookMeetingRequest = z.output<typeof bookMeetingInput>;

export const slotsInput = z.object({
  slug: z.string().max(100),
  from: z.date().optional(),
  to: z.date().optional(),
  zone: timeZone.optional(),
});
export const slotsOutput = z.object({ zone: z.string(), hostZone: z.string(), durationMinutes: z.number().int(), items: z.array(slot) });

export const rescheduleInput = z.object({ id: z.uuid(), startsAt });
export const moveByLinkInput = z.object({ token: z.string().max(100), startsAt });
export const cancelMeetingInput = z.object({ id: z.uuid() });

export const outcomeInput = z.object({
  id: z.uuid(),
  outcome: z.enum(["held", "no_show"]),
  /** Held only: is it worth pursuing? yes accepts the deal, no closes it. */
  goodFit: z.boolean().optional(),
  amountCents: z.number().int().min(0).max(1_000_000_000_00).optional(),
  nextStep: z.string().trim().max(300).optional(),
  nextOn: z.iso.date().optional(),
  lostReason: z.string().trim().max(300).optional(),
});
export type OutcomeInput = z.output<typeof outcomeInput>;

export const bookingPage = z.object({
  id: z.uuid(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  slug: z.string(),
  name: z.string(),
  durationMinutes: z.number().int(),
  bufferMinutes: z.number().int(),
  noticeMinutes: z.number().int(),
  horizonDays: z.number().int(),
  timeZone: z.string(),
  hours: weeklyHours,
  place: z.string(),
  question: z.string().nullable(),
  isActive: z.boolean(),
});

export const bookingPageRow = bookingPage.extend({
  booked30Days: z.number().int(),
  held30Days: z.number().int(),
  noShow30Days: z.number().int(),
});

export const editBookingPageInput = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1, "Give the page a name.").max(80),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$/, "Use 3 to 60 letters, digits and hyphens."),
  durationMinutes: z.number().int().min(10, "At least 10 minutes.").max(240, "At most 4 hours."),
  bufferMinutes: z.number().int().min(0).max(120),
  noticeMinutes: z
    .number()
    .int()
    .min(0)
    .max(14 * 1440),
  horizonDays: z.number().int().min(1).max(120),
  timeZone,
  hours: weeklyHours,
  place: z.string().trim().min(1, "Say where you meet, such as a call link.").max(300),
  question: z.string().trim().max(200).nullable(),
  isActive: z.boolean(),
});
export type EditBookingPage = z.output<typeof editBookingPageInput>;

/** What the public page may know about a booking page: no ids. */
export const publicBookingPage = z.object({
  slug: z.string(),
  name: z.string(),
  hostName: z.string(),
  company: z.string(),
  hostZone: z.string(),
  durationMinutes: z.number().int(),
  horizonDays: z.number().int(),
  place: z.string(),
  question: z.string().nullable(),
  now: z.date(),
});

/** What the holder of a manage link may know about their own meeting. */
export const managedMeeting = z.object({
  title: z.string(),
  state: meetingState,
  startsAt: z.date(),
  endsAt: z.date(),
  movedFromAt: z.date().nullable(),
  attendeeName: z.string(),
  attendeeEmail: z.string(),
  attendeeZone: z.string(),
  hostName: z.string(),
  hostZone: z.string(),
  place: z.string(),
  slug: z.string().nullable(),
  now: z.date(),
});
