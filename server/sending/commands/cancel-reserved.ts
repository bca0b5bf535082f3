import type { Tx } from "#server/core/db.ts";
import { clearDue } from "#server/jobs/due.ts";
import type { MessagePurpose } from "../schema.ts";

export type CancelReserved = {
  leadId?: string;
  leadIds?: readonly string[];
  enrolmentId?: string;
  campaignId?: string;
  mailboxId?: string;
  meetingId?: string;
  /** without it: every purpose */
  purposes?: readonly MessagePurpose[];
  /** in words, as shown: "Nadia answered" */
  reason: string;
};

/**
 * Takes back what has not left: reserved and deferred messages that fit every given field. What is already `sending` is left to its
 * outcome. At least one field besides the reason must be given. Idempotent.
 */
export async function cancelReserved(tx: Tx, input: CancelReserved): Promise<{ messageIds: string[] }> {
  const leadIds = input.leadIds ? [...input.leadIds] : input.leadId ? [input.leadId] : null;
  if (!leadIds && !input.enrolmentId && !input.campaignId && !input.mailboxId && !input.meetingId) return { messageIds: [] };
  const rows = await tx.$queryRaw<{ id: string; status: string }[]>`
    select id, status from messages
    where workspace_id = ${tx.workspaceId}::uuid and status in ('reserved', 'deferred')
      and (${leadIds}::uuid[] is null or lead_id = any(${leadIds}::uuid[]))
      and (${input.enrolmentId ?? null}::uuid is null or enrolment_id = ${input.enrolmentId ?? null}::uuid)
      and (${input.campaignId ?? null}::uuid is null or campaign_id = ${input.campaignId ?? null}::uuid)
      and (${input.mailboxId ?? null}::uuid is null or mailbox_id = ${input.mailboxId ?? null}::uuid)
      and (${input.meetingId ?? null}::uuid is null or meeting_id = ${input.meetingId ?? null}::uuid)
      and (${input.purposes ? [...input.purposes] : null}::text[] is null or purpose = any(${input.purposes ? [...input.purposes] : null}::text[]))
    order by id for update`;
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return { messageIds: [] };
  const deferred = rows.filter((row) => row.status === "deferred").map((row) => row.id);
  // The ledger knows no way from deferred to cancelled: it becomes reserved again, and is cancelled as such.
  if (deferred.length > 0) await tx.message.updateMany({ where: { id: { in: deferred } }, data: { status: "reserved" } });
  await tx.message.updateMany({ where: { id: { in: ids }, status: "reserved" }, data: { status: "cancelled", reason: input.reason } });
  await clearDue(tx, "message", ids);
  return { messageIds: ids };
}
