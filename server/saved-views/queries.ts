import type { Tx } from "#server/core/db.ts";
import type { SavedView, ViewPage } from "./schema.ts";

/** One's own views of a list, then what colleagues share. */
export async function listViews(tx: Tx, page: ViewPage, userId: string): Promise<SavedView[]> {
  return tx.$queryRaw<SavedView[]>`
    select v.id, v.name, v.query, v.shared as "isShared", v.owner_id = ${userId}::uuid as "isMine", m.full_name as "ownerName"
    from saved_views v left join members m on m.workspace_id = v.workspace_id and m.user_id = v.owner_id
    where v.workspace_id = ${tx.workspaceId}::uuid and v.page = ${page} and (v.owner_id = ${userId}::uuid or v.shared)
    order by v.owner_id <> ${userId}::uuid, lower(v.name), v.id limit 200`;
}
