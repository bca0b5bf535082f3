import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { removeLeadRows } from "#server/leads/commands/delete-leads.ts";
import { advanceProgress, finishProgress, startProgress } from "#server/progress/commands.ts";
import { lockImport, lockWriting } from "./plan-import.ts";

const SLICE = 2_000;

/**
 * Removes for good whom this import created and nobody has touched since: not mailed, not answered, not corrected, not noted, on no other
 * list, in no campaign. The others stay, and are counted.
 */
export async function undoImport(
  workspaceId: WorkspaceId,
  id: string,
  byId: string | null = null,
): Promise<{ removed: number; kept: number }> {
  const progressId = await inWorkspace(workspaceId, async (tx) => {
    await lockWriting(tx, id);
    const record = await lockImport(tx, id);
    if (!["done", "cancelled", "failed"].includes(record.status))
      throw new AppError("INVALID_STATE", "Only an import that has ended can be undone. Cancel it first.");
    const total = await tx.lead.count({ where: { importId: id } });
    // A small one is over before anybody could read how far it is.
    if (total <= SLICE) return null;
    return startProgress(tx, {
      kind: "import-undo",
      title: `Undo: importing ${record.fileName}`,
      total,
      link: `/leads/import?id=${id}`,
      startedById: byId,
    });
  });
  let removed = 0;
  for (;;) {
    const count = await inWorkspace(workspaceId, async (tx) => {
      const gone = await removeLeadRows(tx, await untouched(tx, id));
      if (progressId) await advanceProgress(tx, { id: progressId, done: removed + gone });
      return gone;
    });
    removed += count;
    if (count === 0) break;
  }
  return inWorkspace(workspaceId, async (tx) => {
    await removeEmptyCompanies(tx, id);
    await tx.$executeRaw`delete from import_staging where import_id = ${id}::uuid`;
    const kept = await tx.lead.count({ where: { importId: id } });
    await tx.leadImport.updateMany({ where: { id }, data: { status: "undone", finishedAt: tx.now } });
    if (progressId)
      await finishProgress(tx, {
        id: progressId,
        result: `Removed ${removed.toLocaleString("en")} people${kept > 0 ? `; ${kept.toLocaleString("en")} stay, because somebody has touched them since` : ""}.`,
      });
    return { removed, kept };
  });
}

async function untouched(tx: Tx, importId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select l.id from leads l
    where l.workspace_id = ${tx.workspaceId}::uuid and l.import_id = ${importId}::uuid and l.updated_at = l.created_at
      and not exists (select 1 from enrolments x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from messages x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from replies x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from meetings x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from deals x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from tasks x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from notes x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from drafts x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from threads x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from activities x where x.workspace_id = l.workspace_id and x.lead_id = l.id)
      and not exists (select 1 from observations x where x.workspace_id = l.workspace_id and x.subject_id = l.id
                        and not (x.source = 'import' and split_part(x.source_ref, '#', 1) = ${importId}))
      and not exists (select 1 from lead_list_members x join lead_lists g on g.workspace_id = x.workspace_id and g.id = x.list_id
                      where x.workspace_id = l.workspace_id and x.lead_id = l.id and g.import_id is distinct from ${importId}::uuid)
    order by l.id limit ${SLICE}`;
  return rows.map((row) => row.id);
}

/** Companies that came with this file, said by nobody else, without people, deals or a do-not-contact entry. */
async function removeEmptyCompanies(tx: Tx, importId: string): Promise<void> {
  const companies = await tx.$queryRaw<{ id: string }[]>`
    select distinct a.id from observations o join accounts a on a.workspace_id = o.workspace_id and a.id = o.subject_id
    where o.workspace_id = ${tx.workspaceId}::uuid and o.subject_type = 'account' and o.source = 'import' and split_part(o.source_ref, '#', 1) = ${importId}
      and not exists (select 1 from leads l where l.workspace_id = a.workspace_id and l.account_id = a.id)
      and not exists (select 1 from deals d where d.workspace_id = a.workspace_id and d.account_id = a.id)
      and not exists (select 1 from suppressions s where s.workspace_id = a.workspace_id and s.value = a.id::text)
      and not exists (select 1 from observations x where x.workspace_id = a.workspace_id and x.subject_id = a.id
                        and not (x.source = 'import' and split_part(x.source_ref, '#', 1) = ${importId}))`;
  const ids = companies.map((company) => company.id);
  await tx.$executeRaw`delete from observations where workspace_id = ${tx.workspaceId}::uuid and subject_id = any(${ids}::uuid[])`;
  await tx.$executeRaw`delete from accounts where workspace_id = ${tx.workspaceId}::uuid and id = any(${ids}::uuid[])`;
}
