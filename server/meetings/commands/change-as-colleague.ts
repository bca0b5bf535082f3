import { recordAudit } from "#server/audit/commands.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { getMeeting } from "../queries/list-meetings.ts";
import type { MeetingRow } from "../schema.ts";
import { cancelMeeting, rescheduleMeeting } from "./change-meeting.ts";

export async function rescheduleAsColleague(
  workspaceId: WorkspaceId,
  viewer: Viewer,
  input: { id: string; startsAt: Date },
): Promise<MeetingRow> {
  await inWorkspace(workspaceId, (tx) => getMeeting(tx, viewer, input.id));
  const answer = await rescheduleMeeting(workspaceId, { meetingId: input.id, actorId: viewer.userId, startsAt: input.startsAt });
  if (answer.outcome === "taken") throw new AppError("CONFLICT", answer.said);
  return inWorkspace(workspaceId, async (tx) => {
    await audit(tx, viewer, "meeting.moved", input.id);
    return getMeeting(tx, viewer, input.id);
  });
}

export async function cancelAsColleague(tx: Tx, viewer: Viewer, id: string): Promise<MeetingRow> {
  const before = await getMeeting(tx, viewer, id);
  if (before.state === "cancelled") return before;
  await cancelMeeting(tx, { meetingId: id, actorId: viewer.userId });
  await audit(tx, viewer, "meeting.cancelled", id);
  return getMeeting(tx, viewer, id);
}

function audit(tx: Tx, viewer: Viewer, action: string, id: string): Promise<void> {
  return recordAudit(tx, {
    actorId: viewer.userId,
    actorKind: "person",
    action,
    subjectType: "meeting",
    subjectId: id,
    fields: ["startsAt"],
  });
}
