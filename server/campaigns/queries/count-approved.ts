import type { Tx } from "#server/core/db.ts";
import type { PersonRow } from "./load-due-people.ts";

/** How many drafts of each campaign a person approved: asked only where the first so many must be. */
export async function countApprovedByPeople(
  tx: Tx,
  rows: readonly Pick<PersonRow, "campaignId" | "rules" | "draftState">[],
): Promise<Map<string, number>> {
  const campaignIds = [
    ...new Set(
      rows.filter((row) => row.rules.drafts.mode === "review_first" && row.draftState !== "approved").map((row) => row.campaignId),
    ),
  ];
  if (campaignIds.length === 0) return new Map();
  const counts = await tx.$queryRaw<{ campaignId: string; count: number }[]>`
    select campaign_id as "campaignId", count(*)::int as count from drafts
    where workspace_id = ${tx.workspaceId}::uuid and campaign_id = any(${campaignIds}::uuid[]) and approved_by_id is not null
    group by campaign_id`;
  return new Map(counts.map((row) => [row.campaignId, row.count]));
}
