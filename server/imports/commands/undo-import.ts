import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { LeadImport } from "#server/generated/prisma/client.ts";
import { removeLeadRows } from "#server/leads/commands/delete-leads.ts";
import { advanceProgress, finishProgress, startProgress } from "#server/progress/commands.ts";
import { lockImport, lockWriting, pageOf, UNDO_KIND } from "./plan-import.ts";

const SLICE = 2_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

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
    const record = await requireEnded(tx, id);
    // One that was cut off is over: this one goes on where it stopped.
    await tx.progress.updateMany({
      where: { kind: UNDO_KIND, link: pageOf(id), status: "running" },
      data: { status: "cancelled", result: "Started again.", finishedAt: tx.now },
    });
    const total = await tx.lead.count({ where: { importId: id } });
    // A small one is over before anybody could read how far it is.
    if (total <= SLICE) return null;
    return startProgress(tx, {
      kind: UNDO_KIND,
      title: `Undo: importing ${record.fileName}`,
      total,
      link: pageOf(id),
      startedById: byId,
    });
  });
  let [removed, seen, last] = [0, 0, FIRST_ID];
  for (;;) {
    const slice = await inWorkspace(workspaceId, async (tx) => {
      await requireEnded(tx, id);
      const ids = await nextPeople(tx, id, last);
      const gone = await removeLeadRows(tx, await untouched(tx, id, ids));
      if (progressId) await advanceProgress(tx, { id: progressId, done: seen + ids.length });
      return { ids, gone };
    });
    removed += slice.gone;
    seen += slice.ids.length;
    last = slice.ids.at(-1) ?? last;
    if (slice.ids.length < SLICE) break;
  }
  return inWorkspace(workspaceId, async (tx) => {
    await requireEnded(tx, id);
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

/** Asked in each slice: between two of them somebody may have let the import go on. */
async function requireEnded(tx: Tx, id: string): Promise<LeadImport> {
  await lockWriting(tx, id);
  const record = await lockImport(tx, id);
  if (!["done", "cancelled", "failed"].includes(record.status))
    throw new AppError("INVALID_STATE", "Only an import that has ended can be undone. Cancel it first.");
  return record;
}

async function nextPeople(tx: Tx, importId: string, after: string): Promise<string[]> {
  const rows = await tx.lead.findMany({
    where: { importId, id: { gt: after } },
    select: { id: true },
    orderBy: { id: "asc" },
    take: SLICE,
  });
  return rows.map((row) => row.id);
}

/**
 * Each table is asked about each person, by its index. As "not exists" the planner would join them, and of a workspace that it has not
 * counted yet it believes that every table holds one row: each person would be compared with all rows of the workspace.
 */
async function untouched(tx: Tx, importId: string, ids: readonly string[]): Promise<string[]> {
  // Whoever is being put into a campaign or a list right now is waited for, and then seen.
  await tx.$queryRaw`select 1 as one from leads where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) order by id for update`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select l.id from leads l
    where l.workspace_id = ${tx.workspaceId}::uuid and l.id = any(${[...ids]}::uuid[]) and l.updated_at = l.created_at
      and (select true from enrolments x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from messages x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from replies x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from meetings x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from deals x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from tasks x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from notes x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from drafts x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from threads x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from activities x where x.workspace_id = l.workspace_id and x.lead_id = l.id limit 1) is null
      and (select true from observations x where x.workspace_id = l.workspace_id and x.subject_id = l.id
             and not (x.source = 'import' and split_part(x.source_ref, '#', 1) = ${importId}) limit 1) is null
      and (select true from lead_list_members x join lead_lists g on g.workspace_id = x.workspace_id and g.id = x.list_id
           where x.workspace_id = l.workspace_id and x.lead_id = l.id and g.import_id is distinct from ${importId}::uuid limit 1) is null`;
  return rows.map((row) => row.id);
}

/** Companies that came with this file, said by nobody else, without people, deals or a do-not-contact entry. Asked one by one, as above. */
async function removeEmptyCompanies(tx: Tx, importId: string): Promise<void> {
  const companies = await tx.$queryRaw<{ id: string }[]>`
    with said as materialized (
      select distinct o.subject_id as id from observations o
      where o.workspace_id = ${tx.workspaceId}::uuid and o.subject_type = 'account' and o.source = 'import' and split_part(o.source_ref, '#', 1) = ${importId})
    select s.id from said s
    where (select true from leads l where l.workspace_id = ${tx.workspaceId}::uuid and l.account_id = s.id limit 1) is null
      and (select true from deals d where d.workspace_id = ${tx.workspaceId}::uuid and d.account_id = s.id limit 1) is null
      and (select true from suppressions p where p.workspace_id = ${tx.workspaceId}::uuid and p.value = s.id::text limit 1) is null
      and (select true from observations x where x.workspace_id = ${tx.workspaceId}::uuid and x.subject_id = s.id
             and not (x.source = 'import' and split_part(x.source_ref, '#', 1) = ${importId}) limit 1) is null`;
  const ids = companies.map((company) => company.id);
  await tx.$executeRaw`delete from observations where workspace_id = ${tx.workspaceId}::uuid and subject_id = any(${ids}::uuid[])`;
  await tx.$executeRaw`delete from accounts where workspace_id = ${tx.workspaceId}::uuid and id = any(${ids}::uuid[])`;
}
