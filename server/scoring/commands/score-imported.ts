import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { scoreLeads } from "./score-leads.ts";

const SLICE = 2_000;

/** Everybody whom an import created or put on its list, a slice at a time. Returns where to go on, or null at the end. */
export async function scoreImported(workspaceId: WorkspaceId, importId: string, after: string | null): Promise<string | null> {
  return inWorkspace(workspaceId, async (tx) => {
    const list = await tx.leadList.findFirst({ where: { importId }, select: { id: true } });
    if (!list) return null;
    const members = await tx.leadListMember.findMany({
      where: { listId: list.id, ...(after && { leadId: { gt: after } }) },
      orderBy: { leadId: "asc" },
      take: SLICE,
      select: { leadId: true },
    });
    const ids = members.map((member) => member.leadId);
    await scoreLeads(tx, ids);
    return ids.length < SLICE ? null : (ids.at(-1) ?? null);
  });
}
