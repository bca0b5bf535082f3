import { closeEnrolments } from "#server/campaigns/commands/close-enrolments.ts";
import { suppress } from "#server/compliance/commands.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import { newId } from "#server/core/ids.ts";
import { sqlList } from "#server/core/sql-list.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import type { SendOutcome } from "#server/providers/mail-transport/port.ts";
import { lockAnsweredReply, reopenUnsent } from "#server/replies/commands/reopen-unsent.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { nextAttemptAt, outcomeOf } from "../domain/ledger.ts";

export type Tried = {
  messageId: string;
  attempt: number;
  reservedAt: Date;
  leadId: string | null;
  enrolmentId: string | null;
  campaignId: string | null;
  toAddress: string;
  at: Date;
};

/** sending → deferred, failed or uncertain, with what follows from it, in one commit. */
export async function recordNotSent(
  workspaceId: WorkspaceId,
  tried: Tried,
  outcome: Exclude<SendOutcome, { kind: "accepted" }>,
): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const again = nextAttemptAt({ attempt: tried.attempt, reservedAt: tried.reservedAt, now: tx.now });
    const { status, reason } = outcomeOf(outcome, again !== null);
    if (status === "failed") await lockAnsweredReply(tx, tried.messageId);
    const [row] = await tx.$queryRaw<{ done: boolean }[]>`
      select ledger_record_outcome(${tried.messageId}::uuid, ${tried.attempt}::int, ${status}, ${tx.now}, ${reason}, ${outcome.response}, null) as done`;
    if (!row?.done) return;
    if (status === "deferred" && again) {
      await tx.message.update({ where: { id: tried.messageId }, data: { dueAt: again } });
      await setDue(tx, { kind: "message", subjectId: tried.messageId, dueAt: again });
    }
    await recordMailActivity(tx, `message/${status}`, tried);
    if (status !== "failed") return;
    await afterFailure(tx, tried, outcome.kind === "refused" && outcome.scope === "recipient");
    await reopenUnsent(tx, tried.messageId);
  });
  failPoint(`ledger.${outcome.kind}`);
}

async function afterFailure(tx: Tx, tried: Tried, isAddressBad: boolean): Promise<void> {
  if (!tried.leadId) return;
  if (isAddressBad) {
    await tx.lead.updateMany({
      where: { id: tried.leadId, email: tried.toAddress },
      data: { emailStatus: "bounced", emailCheckedAt: tx.now },
    });
    await tx.mailEvent.create({
      data: {
        id: newId(),
        workspaceId: tx.workspaceId,
        messageId: tried.messageId,
        leadId: tried.leadId,
        kind: "bounced",
        isHuman: false,
        detail: { hard: true, at: "smtp" },
        occurredAt: tx.now,
      },
    });
  }
  if (tried.enrolmentId) {
    const reason = isAddressBad ? "The address does not exist." : "The mail was refused.";
    await closeEnrolments(tx, {
      leadIds: [tried.leadId],
      ...(tried.campaignId && { campaignId: tried.campaignId }),
      reason,
      status: "given_up",
    });
  }
  // After their campaign has ended with its own reason: this ends every other one.
  if (isAddressBad) await suppress(tx, { kind: "address", value: tried.toAddress, reason: "bounced", sourceRef: tried.messageId });
  await refreshLeadState(tx, [tried.leadId]);
}

/** A worker that died while sending: its lease ran out by the database's clock, and nobody knows whether the mail left. */
export async function expireLeases(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; leadId: string | null; campaignId: string | null; enrolmentId: string | null }[]>`
    with expired as (
      update messages set status = 'uncertain', lease_until = null, reason = 'The worker stopped while it was sending.'
      where workspace_id = ${tx.workspaceId}::uuid and id = any(${sqlList(messageIds, "uuid")}) and status = 'sending' and lease_until < clock_timestamp()
      returning id, lead_id, campaign_id, enrolment_id, attempt
    ), closed as (
      update message_attempts a set ended_at = ${tx.now}, outcome = 'uncertain', response = 'The worker stopped while it was sending.'
      from expired e where a.workspace_id = ${tx.workspaceId}::uuid and a.message_id = e.id and a.attempt = e.attempt
    )
    select id, lead_id as "leadId", campaign_id as "campaignId", enrolment_id as "enrolmentId" from expired`;
  for (const row of rows) await recordMailActivity(tx, "message/uncertain", { messageId: row.id, ...row });
  return rows.map((row) => row.id);
}

export async function recordMailActivity(
  tx: Tx,
  kind: `message/${string}`,
  about: { messageId: string; leadId: string | null; campaignId: string | null; enrolmentId: string | null; code?: string },
): Promise<void> {
  if (!about.leadId) return;
  await recordActivity(tx, {
    kind,
    leadId: about.leadId,
    campaignId: about.campaignId,
    detail: {
      messageId: about.messageId,
      ...(about.enrolmentId && { enrolmentId: about.enrolmentId }),
      ...(about.code && { code: about.code }),
    },
  });
}
