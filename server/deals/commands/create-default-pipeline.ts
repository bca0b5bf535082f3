import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { DEFAULT_STAGES } from "../constants.ts";

/** The pipeline that every workspace starts with. Called by workspace creation; a second call changes nothing. */
export async function createDefaultPipeline(tx: Tx, options: { currency?: string } = {}): Promise<string> {
  const existing = await tx.pipeline.findFirst({ orderBy: { createdAt: "asc" }, select: { id: true } });
  if (existing) return existing.id;
  const [id, { workspaceId }] = [newId(), tx];
  await tx.pipeline.create({ data: { id, workspaceId, name: "Sales", currency: options.currency ?? "EUR", createdAt: tx.now } });
  await tx.pipelineStage.createMany({
    data: DEFAULT_STAGES.map((stage, position) => ({ id: newId(), workspaceId, pipelineId: id, position, ...stage })),
  });
  return id;
}
