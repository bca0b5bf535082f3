import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

/** The last ones may end at the same instant, each still seeing the others: with so many left the campaign is asked about one after the other. */
const MAY_END_AT_ONCE = 5;

/** A running campaign in which nobody waits any more is finished. */
export async function finishEmptyCampaigns(tx: Tx, campaignIds: readonly string[]): Promise<void> {
  const hasAtMost = (
    people: number,
  ) => Prisma.sql`c.workspace_id = ${tx.workspaceId}::uuid and c.id = any(${[...campaignIds]}::uuid[]) and c.status = 'running'
    and not exists (select 1 from enrolments e where e.workspace_id = c.workspace_id and e.campaign_id = c.id and e.status in ('active', 'paused') offset ${people}::int)`;
  // Locked first, asked again after: the statement that waits for the lock does not see whom somebody is adding or ending right now.
  const few = await tx.$queryRaw<
    { id: string }[]
  >`select c.id from campaigns c where ${hasAtMost(MAY_END_AT_ONCE)} order by c.id for no key update`;
  if (few.length > 0)
    await tx.$executeRaw`update campaigns c set status = 'finished', finished_at = ${tx.now} where c.id = any(${few.map((row) => row.id)}::uuid[]) and ${hasAtMost(0)}`;
}
