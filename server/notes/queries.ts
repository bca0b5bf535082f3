import { can } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { requireLead } from "#server/leads/queries/get-lead.ts";
import type { Viewer } from "#server/teams/queries.ts";
import type { NoteList } from "./schema.ts";

/** What colleagues wrote down about this person, newest first. */
export async function listNotes(tx: Tx, leadId: string, viewer: Viewer): Promise<NoteList> {
  await requireLead(tx, leadId, viewer);
  const rows = await tx.$queryRaw<NoteList["items"]>`
    select n.id, n.text, n.author_id as "authorId", coalesce(m.full_name, 'A former colleague') as "authorName", n.created_at as "createdAt"
    from notes n left join members m on m.workspace_id = n.workspace_id and m.user_id = n.author_id
    where n.workspace_id = ${tx.workspaceId}::uuid and n.lead_id = ${leadId}::uuid
    order by n.created_at desc, n.id desc limit 200`;
  return { items: rows.map((row) => ({ ...row, isRemovable: mayRemove(row.authorId, viewer) })) };
}

export function mayRemove(authorId: string, viewer: Viewer): boolean {
  return authorId === viewer.userId || can(viewer.role, "settings:write");
}
