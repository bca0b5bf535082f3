import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { scoreLeads } from "./score-leads.ts";

const SLICE = 2_000;

/**
 * Everybody whom an import created or put on its list, a slice at a time, and their colleagues, whose company it may have filled. Returns
 * where to go on, or null at the end.
 */
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
    const colleagues = await tx.$queryRaw<{ id: string }[]>`
      select l.id from leads l
      where l.workspace_id = ${tx.workspaceId}::uuid and l.deleted_at is null
        and l.account_id in (select m.account_id from leads m where m.workspace_id = ${tx.workspaceId}::uuid and m.id = any(${ids}::uuid[]))
        and not exists (select 1 from lead_list_members o where o.workspace_id = ${tx.workspaceId}::uuid and o.list_id = ${list.id}::uuid and o.lead_id = l.id)`;
    await scoreLeads(tx, [...ids, ...colleagues.map((row) => row.id)]);
    return ids.length < SLICE ? null : (ids.at(-1) ?? null);
  });
}
