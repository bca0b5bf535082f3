import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { setDue } from "#server/jobs/due.ts";
import type { MessageStatus } from "../schema.ts";
import { recordMailActivity } from "./record-outcome.ts";

/**
 * A person says what became of an uncertain mail. "It was sent": it counts as sent when it was tried. "It was not": it is offered again,
 * with the same Message-ID, under the name of who said so.
 */
export async function settleMessage(
  tx: Tx,
  input: { id: string; sent: boolean; byId: string; byKind: "person" | "api_key" },
): Promise<{ id: string; status: MessageStatus }> {
  const [message] = await tx.$queryRaw<
    { id: string; status: MessageStatus; leadId: string | null; campaignId: string | null; enrolmentId: string | null }[]
  >`
    select id, status, lead_id as "leadId", campaign_id as "campaignId", enrolment_id as "enrolmentId" from messages
    where workspace_id = ${tx.workspaceId}::uuid and id = ${input.id}::uuid for update`;
  if (!message) throw new AppError("NOT_FOUND", "This mail does not exist.");
  const wanted: MessageStatus = input.sent ? "sent" : "deferred";
  if (message.status !== "uncertain") {
    if (input.sent && message.status === "sent") return { id: message.id, status: "sent" };
    throw new AppError("INVALID_STATE", "Only a mail that may have been sent can be settled. This one is settled already.");
  }
  await tx.$executeRaw`
    update messages set status = ${wanted}, settled_by_id = ${input.byId}::uuid, sent_at = case when ${input.sent} then sending_at else null end,
      due_at = case when ${input.sent} then due_at else ${tx.now} end, reason = case when ${input.sent} then null else 'A person said that it was not sent.' end
    where workspace_id = ${tx.workspaceId}::uuid and id = ${input.id}::uuid`;
  await setDue(tx, { kind: "message", subjectId: input.id, dueAt: tx.now });
  await recordMailActivity(tx, "message/settled", { messageId: message.id, ...message, code: wanted });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: input.byKind,
    action: "message.settled",
    subjectType: "message",
    subjectId: message.id,
    fields: ["status"],
  });
  return { id: message.id, status: wanted };
}

export type Evidence = { messageId: string; shows: "sent" | "failed"; by: "found in Sent" | "bounced" | "answered" };

/** uncertain → sent or failed because something shows it: the mail lies in the mailbox's Sent folder, it bounced, or it was answered. */
export async function settleByEvidence(tx: Tx, evidence: Evidence): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update messages set status = ${evidence.shows}, settled_by_evidence = ${evidence.by},
      sent_at = case when ${evidence.shows} = 'sent' then sending_at else null end, reason = case when ${evidence.shows} = 'sent' then null else 'It bounced.' end
    where workspace_id = ${tx.workspaceId}::uuid and id = ${evidence.messageId}::uuid and status = 'uncertain'`;
  if (changed === 0) return false;
  await setDue(tx, { kind: "message", subjectId: evidence.messageId, dueAt: tx.now });
  const message = await tx.message.findFirstOrThrow({
    where: { id: evidence.messageId },
    select: { leadId: true, campaignId: true, enrolmentId: true },
  });
  await recordMailActivity(tx, "message/settled", { messageId: evidence.messageId, ...message, code: evidence.shows });
  return true;
}
