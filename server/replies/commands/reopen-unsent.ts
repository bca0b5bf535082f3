import type { Tx } from "#server/core/db.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";

/** For a mail that may be an answer: its reply before the mail itself, in the order in which answering takes them. */
export async function lockAnsweredReply(tx: Tx, messageId: string): Promise<void> {
  await tx.$queryRaw`
    select 1 as one from replies where workspace_id = ${tx.workspaceId}::uuid
      and id = (select reply_id from messages where workspace_id = ${tx.workspaceId}::uuid and id = ${messageId}::uuid and purpose = 'reply') for update`;
}

/** An answer that does not leave after all: its reply waits for us again, and a suggestion can be sent again. Other mails are none of its business. */
export async function reopenUnsent(tx: Tx, messageId: string): Promise<void> {
  const unsent = await tx.message.findFirst({
    where: { id: messageId, purpose: "reply" },
    select: { replyId: true, draftId: true, leadId: true },
  });
  if (!unsent?.replyId) return;
  const { draftId, leadId, replyId } = unsent;
  if (draftId)
    await tx.draft.updateMany({
      where: { id: draftId, status: "approved" },
      data: { status: "ready", approvedAt: null, approvedById: null },
    });
  const isAnswered = await tx.message.count({ where: { replyId, purpose: "reply", status: { notIn: ["cancelled", "failed"] } } });
  if (isAnswered > 0) return;
  await tx.reply.updateMany({
    where: { id: replyId, status: "done", answeredAt: { not: null } },
    data: { status: "needs_me", doneAt: null, doneById: null, answeredAt: null },
  });
  if (leadId) await refreshLeadState(tx, [leadId]);
}
