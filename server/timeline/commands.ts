import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { type ActivityKind, TOUCH_PREFIXES } from "./schema.ts";

export type NewActivity = {
  kind: ActivityKind;
  leadId?: string | null;
  accountId?: string | null;
  campaignId?: string | null;
  dealId?: string | null;
  actorId?: string | null;
  /** Ids and small closed values only: never a name, an address or a text of a person. */
  detail?: Record<string, string | number | boolean | null | string[]>;
  /** Defaults to the workspace's now. */
  occurredAt?: Date;
};

/** One stream of what happened to a person. A touch also moves the person's *last activity*. */
export async function recordActivity(tx: Tx, activity: NewActivity): Promise<{ id: string }> {
  const id = newId();
  const occurredAt = activity.occurredAt ?? tx.now;
  await tx.activity.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      kind: activity.kind,
      leadId: activity.leadId ?? null,
      accountId: activity.accountId ?? null,
      campaignId: activity.campaignId ?? null,
      dealId: activity.dealId ?? null,
      actorId: activity.actorId ?? null,
      detail: activity.detail ?? {},
      occurredAt,
    },
  });
  if (activity.leadId && TOUCH_PREFIXES.some((prefix) => activity.kind.startsWith(prefix))) {
    await tx.$executeRaw`
      update lead_state set last_activity_at = greatest(last_activity_at, ${occurredAt})
      where workspace_id = ${tx.workspaceId}::uuid and id = ${activity.leadId}::uuid`;
  }
  return { id };
}
