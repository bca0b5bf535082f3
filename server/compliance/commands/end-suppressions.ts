import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { lockPeople } from "../commands.ts";
import type { SuppressionKind } from "../schema.ts";

/**
 * The due kind `suppression`: the day until which somebody was not to be written to has passed. The rule itself knows its end; what lists
 * and campaigns read of the people whom it meant does not, and is read again. Safe to repeat.
 */
export async function endSuppressions(_services: unknown, workspaceId: WorkspaceId, suppressionIds: string[]): Promise<void> {
  for (const id of suppressionIds) {
    await inWorkspace(workspaceId, async (tx) => {
      const rule = await tx.suppression.findFirst({ where: { id }, select: { kind: true, value: true } });
      if (!rule) return;
      await refreshLeadState(tx, await lockPeople(tx, { kind: rule.kind as SuppressionKind, value: rule.value }));
    });
  }
}
