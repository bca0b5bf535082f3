import { newId } from "#server/core/ids.ts";
import { createDefaultPipeline } from "#server/deals/commands/create-default-pipeline.ts";
import { createLead } from "#server/leads/commands/create-lead.ts";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";
import type { BookingInput } from "#server/meetings/commands/write-booking.ts";
import { type TestWorkspace, testWorkspace } from "./workspace.ts";

export type MeetingRoom = TestWorkspace & { slug: string; mailboxId: string };

/** A workspace that can be booked: pipeline, the owner's booking page and a mailbox. Mon 2 Mar 2026, 09:00 in Lisbon. */
export async function testMeetingRoom(options: { clockAt?: string; timeZone?: string } = {}): Promise<MeetingRoom> {
  const workspace = await testWorkspace({
    clockAt: options.clockAt ?? "2026-03-02T09:00:00Z",
    timeZone: options.timeZone ?? "Europe/Lisbon",
  });
  const mailboxId = newId();
  const slug = await workspace.run(async (tx) => {
    await createDefaultPipeline(tx);
    await tx.mailbox.create({
      data: {
        id: mailboxId,
        workspaceId: tx.workspaceId,
        ownerId: workspace.userId,
        address: "ines@acme.example",
        displayName: "Ines Prado",
        kind: "sandbox",
        status: "ready",
        proof: [],
        dailyCap: 40,
        timeZone: "Europe/Lisbon",
        hours: {},
        createdAt: tx.now,
      },
    });
    return (await createBookingPage(tx, { ownerId: workspace.userId })).slug;
  });
  return { ...workspace, slug, mailboxId };
}

export function testLead(
  room: TestWorkspace,
  lead: { fullName: string; email: string; company?: string; timeZone?: string; ownerId?: string },
) {
  return room.run((tx) => createLead(tx, { ...lead, ownerId: lead.ownerId ?? room.userId, source: "by hand" }));
}

export function testBooking(room: TestWorkspace, booking: Partial<BookingInput> & { startsAt: Date }): BookingInput {
  return {
    hostId: room.userId,
    leadId: null,
    attendeeName: "Nadia Rossi",
    attendeeEmail: "nadia@norvale.example",
    attendeeZone: "Europe/Rome",
    guests: [],
    answer: null,
    bookedById: null,
    replyId: null,
    outsideHours: false,
    ...booking,
  };
}
