import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { inTurn } from "./in-turn.ts";
import { manageToken } from "./manage-token.ts";
import { answerTaken, isTaken, type Taken } from "./taken.ts";
import { type BookingInput, writeBooking } from "./write-booking.ts";

export type Booked = { outcome: "booked"; meetingId: string; manageToken: string };

/**
 * Books in one transaction, or answers with the nearest free times. Of any number of simultaneous bookings of one slot exactly one
 * is written: the exclusion constraint over busy blocks is the judge.
 */
export async function bookMeeting(workspaceId: WorkspaceId, input: BookingInput): Promise<Booked | Taken> {
  return inTurn(`${workspaceId}:${input.hostId}`, async () => {
    try {
      const { meetingId } = await inWorkspace(workspaceId, (tx) => writeBooking(tx, input));
      return { outcome: "booked", meetingId, manageToken: manageToken(meetingId) };
    } catch (error) {
      if (!isTaken(error)) throw error;
      return answerTaken(workspaceId, { hostId: input.hostId, startsAt: input.startsAt, zone: input.attendeeZone });
    }
  });
}
