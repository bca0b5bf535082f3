import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import type { Services } from "#server/services.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { OUTCOME_ESCALATED_AFTER_MS } from "../constants.ts";

/**
 * The due kind "meeting": a day after the end the host is asked, after three days the manager too. Today itself reads the meetings;
 * these are the moments that the timeline keeps and at which a virtual clock stops. Idempotent: each moment is noted once.
 */
export async function askOutcomes(_services: Services, workspaceId: WorkspaceId, meetingIds: string[]): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const open = await tx.meeting.findMany({
      where: { id: { in: meetingIds }, state: "confirmed", outcome: null, endsAt: { lte: tx.now } },
    });
    for (const meeting of open) {
      const escalateAt = new Date(meeting.endsAt.getTime() + OUTCOME_ESCALATED_AFTER_MS);
      const kind = tx.now < escalateAt ? "meeting/outcome.asked" : "meeting/outcome.overdue";
      const noted = await tx.activity.findFirst({
        where: { kind, leadId: meeting.leadId, occurredAt: { gte: meeting.endsAt }, detail: { path: ["meetingId"], equals: meeting.id } },
        select: { id: true },
      });
      if (!noted)
        await recordActivity(tx, {
          kind,
          leadId: meeting.leadId,
          dealId: meeting.dealId,
          actorId: null,
          detail: { meetingId: meeting.id },
        });
      if (tx.now < escalateAt) await setDue(tx, { kind: "meeting", subjectId: meeting.id, dueAt: escalateAt });
    }
  });
}
