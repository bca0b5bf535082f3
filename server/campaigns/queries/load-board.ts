import type { Tx } from "#server/core/db.ts";
import type { SendingMailbox } from "../domain/choose-mailbox.ts";
import type { PlanBoard } from "../domain/plan-people.ts";
import { isKnownZone, parseIsoDay } from "../domain/zone-days.ts";
import { sendWindow } from "../schema.ts";

/** Two planners at once would give away the same minute; they take turns, per workspace, for one short transaction. */
export async function lockPlanning(tx: Tx): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`plan:${tx.workspaceId}`}, 0))::text`;
}

const ALL_DAY = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };

type MailboxRow = {
  id: string;
  ownerId: string;
  ownerName: string;
  kind: string;
  status: string;
  address: string;
  zone: string;
  hours: unknown;
  gapMin: number;
  gapMax: number;
  dailyCap: number;
  rampFrom: string | null;
  lastReadAt: Date | null;
  stopReason: string | null;
  sendError: string | null;
  awayFrom: string | null;
  awayUntil: string | null;
};

/** Mailboxes, their booked minutes and the budgets used, as they are now. For a plan that will be booked, take `lockPlanning` first. */
export async function loadBoard(tx: Tx): Promise<PlanBoard> {
  const mailboxes = await loadMailboxes(tx);
  const slots = await tx.$queryRaw<{ mailboxId: string; at: Date[] }[]>`
    select mailbox_id as "mailboxId", array_agg(slot_at order by slot_at) as at from send_slots
    where workspace_id = ${tx.workspaceId}::uuid and released_at is null and slot_at > ${tx.now}::timestamptz - interval '1 hour'
    group by mailbox_id`;
  const budgets = await tx.$queryRaw<{ key: string; day: string; used: number }[]>`
    select scope || ':' || scope_id as key, day::text as day, used from send_budgets
    where workspace_id = ${tx.workspaceId}::uuid and used > 0 and day >= (${tx.now}::timestamptz - interval '2 days')::date`;
  return {
    now: tx.now.getTime(),
    mailboxes,
    slots: new Map(slots.map((row) => [row.mailboxId, row.at.map((slot) => slot.getTime())])),
    used: new Map(budgets.map((row) => [`${row.key}:${parseIsoDay(row.day)}`, row.used])),
  };
}

/** Every mailbox that was not removed, whether it can send or not: the reason is part of the answer. */
export async function loadMailboxes(tx: Tx): Promise<SendingMailbox[]> {
  const rows = await tx.$queryRaw<MailboxRow[]>`
    select b.id, b.owner_id as "ownerId", o.full_name as "ownerName", b.kind, b.status, b.address, b.time_zone as zone, b.hours,
      b.gap_min_seconds as "gapMin", b.gap_max_seconds as "gapMax", b.daily_cap as "dailyCap", b.ramp_from::text as "rampFrom",
      b.last_read_at as "lastReadAt", b.stop_reason as "stopReason", b.send_error as "sendError",
      o.away_from::text as "awayFrom", o.away_until::text as "awayUntil"
    from mailboxes b join members o on o.workspace_id = b.workspace_id and o.user_id = b.owner_id
    where b.workspace_id = ${tx.workspaceId}::uuid and b.removed_at is null
    order by b.address`;
  return rows.map(toMailbox);
}

function toMailbox(row: MailboxRow): SendingMailbox {
  const hours = sendWindow.safeParse(row.hours);
  return {
    id: row.id,
    ownerId: row.ownerId,
    ownerName: row.ownerName,
    kind: row.kind,
    status: row.status,
    label: row.address,
    zone: isKnownZone(row.zone) ? row.zone : "UTC",
    window: hours.success ? hours.data : ALL_DAY,
    gapMinMs: Math.max(1, row.gapMin) * 1000,
    gapMaxMs: Math.max(1, row.gapMin, row.gapMax) * 1000,
    slots: [],
    away: row.awayUntil ? { from: parseIsoDay(row.awayFrom ?? "1970-01-01"), until: parseIsoDay(row.awayUntil), who: row.ownerName } : null,
    dailyCap: row.dailyCap,
    rampFrom: row.rampFrom ? parseIsoDay(row.rampFrom) : null,
    lastReadAt: row.lastReadAt?.getTime() ?? null,
    stopReason: row.stopReason,
    sendError: row.sendError,
  };
}
