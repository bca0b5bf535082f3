import type { Tx } from "#server/core/db.ts";

/** The list leaves Today, and can be brought back from the settings. */
export async function setSetupHidden(tx: Tx, input: { isHidden: boolean }): Promise<void> {
  await tx.workspace.update({ where: { id: tx.workspaceId }, data: { setupHiddenAt: input.isHidden ? tx.now : null } });
}
