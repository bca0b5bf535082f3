import type { Tx } from "#server/core/db.ts";

/** Next on a step that only asks to look, or hiding and showing the steps. */
export async function moveGuide(tx: Tx, input: { to: "next" | "hidden" | "shown" }): Promise<void> {
  const { guideStep } = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId }, select: { guideStep: true } });
  const next = input.to === "hidden" ? -1 : input.to === "shown" ? 0 : Math.max(0, guideStep) + 1;
  await tx.workspace.update({ where: { id: tx.workspaceId }, data: { guideStep: next } });
}
