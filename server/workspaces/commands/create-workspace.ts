import { recordAudit } from "#server/audit/commands.ts";
import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { CreateWorkspaceInput } from "../schema.ts";
import { furnishWorkspace } from "./furnish-workspace.ts";
import { openWorkspace } from "./open-workspace.ts";

/** A live workspace with its owner: nothing is sent until somebody presses Start. */
export async function createWorkspace(input: CreateWorkspaceInput & { ownerId: string }): Promise<{ id: WorkspaceId; slug: string }> {
  const id = await openWorkspace({ ...input, kind: "live" });
  return inWorkspace(id, async (tx) => {
    const owner = await tx.member.findFirstOrThrow({ where: { userId: input.ownerId } });
    await furnishWorkspace(tx, { userId: owner.userId, email: owner.email });
    await recordAudit(tx, {
      actorId: owner.userId,
      actorKind: "person",
      action: "workspace.created",
      subjectType: "workspace",
      subjectId: id,
    });
    const { slug } = await tx.workspace.findUniqueOrThrow({ where: { id } });
    return { id, slug };
  });
}
