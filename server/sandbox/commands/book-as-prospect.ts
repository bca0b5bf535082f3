import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { bookMeeting } from "#server/meetings/commands/book-meeting.ts";
import { proposeTimes } from "#server/meetings/commands/propose-times.ts";
import { seededInt } from "../domain/seeded.ts";
import type { Scene } from "./perform-reactions.ts";

/** Picks one of the times that were proposed, and books it as the booking page would. Taken meanwhile: the next one. */
export async function bookAsProspect(workspaceId: WorkspaceId, scene: Scene): Promise<void> {
  const proposed = await inWorkspace(workspaceId, (tx) =>
    proposeTimes(tx, { hostId: scene.hostId, zone: scene.zone, leadId: scene.leadId, count: 3 }),
  );
  const first = proposed.length > 1 ? seededInt(0, proposed.length - 1, "picks", scene.to) : 0;
  for (const time of [...proposed.slice(first), ...proposed.slice(0, first)]) {
    const booked = await bookMeeting(workspaceId, {
      hostId: scene.hostId,
      startsAt: time.startsAt,
      leadId: scene.leadId,
      attendeeName: scene.fullName,
      attendeeEmail: scene.to,
      attendeeZone: scene.zone,
      guests: [],
      answer: null,
      bookedById: null,
      replyId: scene.replyId,
      outsideHours: false,
    });
    if (booked.outcome === "booked") return;
  }
}
