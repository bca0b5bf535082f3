import type { Tx } from "#server/core/db.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";

/** Whoever bought is a customer, and campaigns leave customers alone. Taking the only win back takes that back, too. */
export async function markCustomer(tx: Tx, { accountId, from, to }: { accountId: string | null; from: string; to: string }): Promise<void> {
  if (!accountId || (from !== "won" && to !== "won")) return;
  // A deal that was opened before its person had a company counts for the company where they are now.
  const theirs = { OR: [{ accountId }, { accountId: null, lead: { accountId } }] };
  const isCustomer = to === "won" || (await tx.deal.count({ where: { ...theirs, stage: { kind: "won" } } })) > 0;
  await tx.account.updateMany({ where: { id: accountId }, data: { isCustomer } });
  const people = await tx.lead.findMany({ where: { accountId }, select: { id: true } });
  await refreshLeadState(
    tx,
    people.map((person) => person.id),
  );
}
