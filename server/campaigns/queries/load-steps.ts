import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { type CampaignStep, campaignStep } from "../schema.ts";

const steps = z.array(campaignStep);

/** The steps of a campaign in their order, as they are now. */
export async function loadSteps(tx: Tx, campaignId: string): Promise<CampaignStep[]> {
  const rows = await tx.campaignStep.findMany({
    where: { campaignId, archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    select: { id: true, lineageId: true, position: true, kind: true, config: true },
  });
  return steps.parse(rows);
}
