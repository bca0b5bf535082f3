import { instantOf, parseIsoDay } from "#server/campaigns/domain/zone-days.ts";
import type { Tx } from "#server/core/db.ts";

/** The last instant of a day of the workspace's calendar: a rule "until and including" it holds in their evening too. */
export async function endOfDay(tx: Tx, day: string | undefined): Promise<Date | null> {
  if (!day) return null;
  const { timeZone } = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { timeZone: true } });
  return new Date(instantOf(timeZone, parseIsoDay(day) + 1, 0) - 1);
}
