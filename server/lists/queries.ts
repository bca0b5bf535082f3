import type { Tx } from "#server/core/db.ts";

/** Lists by name, the newest first among equals, with how many living people are on each. */
export async function listLists(tx: Tx): Promise<{ id: string; name: string; people: number; isImport: boolean; createdAt: Date }[]> {
  return tx.$queryRaw`
    select l.id, l.name, l.import_id is not null as "isImport", l.created_at as "createdAt",
           (select count(*) from lead_list_members m join leads p on p.workspace_id = m.workspace_id and p.id = m.lead_id and p.deleted_at is null
            where m.workspace_id = l.workspace_id and m.list_id = l.id)::int as people
    from lead_lists l where l.workspace_id = ${tx.workspaceId}::uuid order by l.created_at desc, l.id limit 200`;
}
