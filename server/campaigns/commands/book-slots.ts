import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { isoDay } from "../domain/zone-days.ts";

export type Booking = {
  enrolmentId: string;
  stepId: string;
  campaignId: string;
  mailboxId: string;
  at: number;
  budgetDay: number;
  mailboxCap: number;
  campaignCap: number | null;
};

const NO_LIMIT = 2_147_483_647;

/**
 * Books instants and their budgets, all or none. A budget is taken by `used + n <= cap`, in the fixed order scope, id, day;
 * one that is used up meanwhile fails the batch, which is planned again.
 */
export async function bookSlots(tx: Tx, bookings: readonly Booking[]): Promise<void> {
  if (bookings.length === 0) return;
  const takes = countTakes(bookings);
  const taken = await tx.$executeRaw`
    insert into send_budgets as b (workspace_id, scope, scope_id, day, used, cap)
    select ${tx.workspaceId}::uuid, t.scope, t.scope_id, t.day::date, t.n, t.cap
    from unnest(${takes.map((take) => take.scope)}::text[], ${takes.map((take) => take.scopeId)}::text[], ${takes.map((take) => isoDay(take.day))}::text[],
      ${takes.map((take) => take.count)}::int[], ${takes.map((take) => take.cap)}::int[]) as t(scope, scope_id, day, n, cap)
    order by t.scope, t.scope_id, t.day
    on conflict (workspace_id, scope, scope_id, day) do update set used = b.used + excluded.used, cap = excluded.cap
    where b.used + excluded.used <= excluded.cap`;
  if (taken !== takes.length) throw new AppError("CONFLICT", "A daily limit was reached meanwhile. The mails are planned again.");
  await tx.$executeRaw`
    insert into send_slots (id, workspace_id, mailbox_id, slot_at, enrolment_id, step_id, budget_day)
    select t.id, ${tx.workspaceId}::uuid, t.mailbox_id, t.slot_at, t.enrolment_id, t.step_id, t.day::date
    from unnest(${bookings.map(() => newId())}::uuid[], ${bookings.map((slot) => slot.mailboxId)}::uuid[], ${bookings.map((slot) => new Date(slot.at))}::timestamptz[],
      ${bookings.map((slot) => slot.enrolmentId)}::uuid[], ${bookings.map((slot) => slot.stepId)}::uuid[], ${bookings.map((slot) => isoDay(slot.budgetDay))}::text[])
      as t(id, mailbox_id, slot_at, enrolment_id, step_id, day)`;
}

type Take = { scope: "campaign" | "mailbox"; scopeId: string; day: number; count: number; cap: number };

function countTakes(bookings: readonly Booking[]): Take[] {
  const takes = new Map<string, Take>();
  const add = (take: Omit<Take, "count">) => {
    const key = `${take.scope}:${take.scopeId}:${take.day}`;
    takes.set(key, { ...take, count: (takes.get(key)?.count ?? 0) + 1 });
  };
  for (const slot of bookings) {
    add({ scope: "mailbox", scopeId: slot.mailboxId, day: slot.budgetDay, cap: slot.mailboxCap });
    add({ scope: "campaign", scopeId: slot.campaignId, day: slot.budgetDay, cap: slot.campaignCap ?? NO_LIMIT });
  }
  return [...takes.values()];
}
