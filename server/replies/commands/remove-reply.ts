import { recordAudit } from "#server/audit/commands.ts";
import type { Role } from "#server/auth/constants.ts";
import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { clearDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import type { Services } from "#server/services.ts";
import { ANSWER_DUE } from "../constants.ts";
import { requireReply } from "../queries/find-reply.ts";
import type { ChangeReplyResult } from "../schema.ts";
import { undoActions } from "./undo-actions.ts";

/**
 * "Not a reply to us": what was done about it is taken back and the mail leaves the workspace, its source too. The digest stays, so that
 * the same mail is not fetched again.
 */
export async function removeReply(
  services: Services,
  workspaceId: WorkspaceId,
  by: { userId: string; role: Role },
  id: string,
): Promise<ChangeReplyResult> {
  const removed = await inWorkspace(workspaceId, async (tx) => {
    const reply = await requireReply(tx, by, id, { lock: true });
    const indexes = reply.actions.map((_, at) => at);
    await undoActions(tx, reply, reply.actions, indexes, by);
    const inbound = await tx.inboundMail.findFirstOrThrow({ where: { id: reply.inboundId }, select: { digest: true } });
    await clearDue(tx, ANSWER_DUE, reply.id);
    await tx.draft.updateMany({ where: { replyId: reply.id }, data: { replyId: null, status: "replaced" } });
    await tx.task.updateMany({ where: { replyId: reply.id }, data: { replyId: null } });
    await tx.meeting.updateMany({ where: { replyId: reply.id }, data: { replyId: null } });
    await tx.message.updateMany({ where: { replyId: reply.id }, data: { replyId: null } });
    await tx.reply.deleteMany({ where: { id: reply.id } });
    await tx.inboundMail.updateMany({ where: { id: reply.inboundId }, data: { outcome: "ignored" } });
    if (reply.leadId) await refreshLeadState(tx, [reply.leadId]);
    await recordAudit(tx, {
      actorId: by.userId,
      actorKind: "person",
      action: "reply.removed",
      subjectType: "reply",
      subjectId: reply.id,
      fields: [],
    });
    const others = await tx.inboundMail.count({
      where: { digest: inbound.digest, id: { not: reply.inboundId }, outcome: { not: "ignored" } },
    });
    return { class: reply.class, digest: others === 0 ? inbound.digest : null };
  });
  if (removed.digest) await services.blobs.remove(workspaceId, removed.digest);
  return { id, class: removed.class, status: "none", says: "Removed from this workspace", removed: true };
}
