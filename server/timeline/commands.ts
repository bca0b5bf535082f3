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
  const [id] = await recordActivities(tx, [activity]);
  return { id: id ?? "" };
}

/** The same for many at once: two statements, however many there are. */
export async function recordActivities(tx: Tx, activities: readonly NewActivity[]): Promise<string[]> {
  if (activities.length === 0) return [];
  const rows = activities.map((activity) => ({
    id: newId(),
    workspaceId: tx.workspaceId,
    kind: activity.kind,
    leadId: activity.leadId ?? null,
    accountId: activity.accountId ?? null,
    campaignId: activity.campaignId ?? null,
    dealId: activity.dealId ?? null,
    actorId: activity.actorId ?? null,
    detail: activity.detail ?? {},
    occurredAt: activity.occurredAt ?? tx.now,
  }));
  await tx.activity.createMany({ data: rows });
  const touches = rows.flatMap(({ kind, leadId, occurredAt }) => (leadId && isTouch(kind) ? [{ leadId, occurredAt }] : []));
  if (touches.length > 0) {
    await tx.$executeRaw`
      update lead_state s set last_activity_at = greatest(s.last_activity_at, t.at)
      from (select lead_id, max(at) as at from unnest(${touches.map((touch) => touch.leadId)}::uuid[], ${touches.map((touch) => touch.occurredAt)}::timestamptz[]) as t(lead_id, at) group by 1) t
      where s.workspace_id = ${tx.workspaceId}::uuid and s.id = t.lead_id`;
  }
  return rows.map((row) => row.id);
}

function isTouch(kind: string): boolean {
  return TOUCH_PREFIXES.some((prefix) => kind.startsWith(prefix));
}
