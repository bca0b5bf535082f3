import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import type { WorkspaceSettingsInput } from "../schema.ts";

export async function saveWorkspaceSettings(tx: Tx, input: WorkspaceSettingsInput & { actorId: string }): Promise<void> {
  const { actorId, ...settings } = input;
  const changes = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  if (Object.keys(changes).length === 0) return;
  await tx.workspace.update({ where: { id: tx.workspaceId }, data: changes });
  await recordAudit(tx, {
    actorId,
    actorKind: "person",
    action: "workspace.settings-saved",
    subjectType: "workspace",
    subjectId: tx.workspaceId,
    fields: Object.keys(changes),
  });
}
