import { erasedAmong, hashOf, isStopped } from "#server/compliance/queries/stop-rules.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { stagedRows } from "../commands/staged-sql.ts";
import { rowReader } from "../domain/read-row.ts";
import {
  fileShape,
  type ImportCheck,
  type ImportStatusJson,
  type ImportView,
  importOptions,
  importStatus,
  mapping as mappingSchema,
} from "../schema.ts";

export async function getImport(tx: Tx, id: string): Promise<ImportView> {
  const row = await tx.leadImport.findFirst({ where: { id } });
  if (!row) throw new AppError("NOT_FOUND", "This import no longer exists.");
  const shape = fileShape.parse(row.shape);
  const mapping = mappingSchema.parse(row.mapping);
  const author = await tx.member.findFirst({ where: { userId: row.createdById }, select: { fullName: true } });
  const remembered = await tx.importMapping.findFirst({ where: { headingsKey: shape.headingsKey }, select: { headingsKey: true } });
  const read = rowReader(mapping, { ownerByEmail: new Map() });
  return {
    id: row.id,
    fileName: row.fileName,
    status: importStatus.parse(row.status),
    shape,
    mapping,
    options: importOptions.parse(row.options),
    listId: row.listId,
    progressId: row.progressId,
    total: row.totalRows,
    done: row.status === "checking" ? row.rowOffset : Math.min(row.loadedRow, row.totalRows ?? row.loadedRow),
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    joined: row.joined,
    failed: row.failed,
    suppressed: row.suppressed,
    error: row.error,
    createdAt: row.createdAt,
    createdByName: author?.fullName ?? null,
    finishedAt: row.finishedAt,
    isRemembered: remembered !== null,
    cleaned: shape.sample.map((cells) => {
      const result = read(cells);
      if (!result.ok) return { fullName: "", company: null, title: null, timeZone: null, error: result.message };
      const { lead, company } = result.row;
      const rank = [lead.function, lead.seniority].filter((part) => part !== null).join(", ");
      return { fullName: lead.fullName, company: company?.nameForMail ?? null, title: rank || null, timeZone: lead.timeZone, error: null };
    }),
  };
}

/** For scripts: how far it is. */
export async function getImportStatus(tx: Tx, id: string): Promise<ImportStatusJson> {
  const row = await tx.leadImport.findFirst({ where: { id } });
  if (!row) throw new AppError("NOT_FOUND", "This import no longer exists.");
  const { created, updated, skipped, joined, failed, suppressed, listId, error } = row;
  return {
    id,
    status: importStatus.parse(row.status),
    total: row.totalRows,
    created,
    updated,
    skipped,
    joined,
    failed,
    suppressed,
    listId,
    error,
  };
}

/** What the staged file would do, counted exactly. Reads only. */
export async function checkImport(tx: Tx, id: string): Promise<ImportCheck> {
  const row = await tx.leadImport.findFirst({ where: { id } });
  if (!row) throw new AppError("NOT_FOUND", "This import no longer exists.");
  if (row.totalRows === null || row.status !== "ready") throw new AppError("INVALID_STATE", "This file is still being counted.");
  const { ownerId } = importOptions.parse(row.options);
  const ws = Prisma.sql`${tx.workspaceId}::uuid`;
  const email = Prisma.sql`person.email`;
  const erased = await erasedAmong(tx, Prisma.sql`select r.email from ${stagedRows(id)} r`);
  const addressee = { email, accountId: Prisma.sql`of_account`, accountDomain: Prisma.sql`of_domain`, hash: hashOf(erased, email) };
  const [counts] = await tx.$queryRaw<Omit<ImportCheck, "rows" | "joined" | "errors">[]>`
    with s as materialized (select * from ${stagedRows(id)} r),
    person as (
      select s.*, l.id as here, l.owner_id as of_owner, coalesce(l.account_id, a.id) as of_account, coalesce(a.domain, s.company_domain) as of_domain
      from s
      left join accounts a on a.workspace_id = ${ws} and a.domain = s.company_domain
      left join lateral (
        select p.id, p.owner_id, p.account_id from leads p where p.workspace_id = ${ws} and p.email = s.email and p.deleted_at is null
        union all
        (select p.id, p.owner_id, p.account_id from leads p left join accounts c on c.workspace_id = ${ws} and c.id = p.account_id
         where s.email is null and p.workspace_id = ${ws} and p.email is null and p.full_name = s.full_name and p.deleted_at is null
           and (p.account_id is not distinct from a.id or (s.company_domain is null and c.name = s.company_name)) limit 1)
      ) l on true
      where s.duplicate_of is null
    )
    select count(*) filter (where here is null)::int as "newPeople", count(*) filter (where here is not null)::int as "alreadyHere",
      count(*) filter (where here is not null and of_owner <> ${ownerId}::uuid)::int as "ownedByOthers",
      count(*) filter (where email is null and here is null)::int as "withoutAddress",
      count(*) filter (where opted_out or ${isStopped(tx, addressee)})::int as "doNotContact",
      ((select count(distinct s.company_domain) from s where s.account_id is not null and not exists (select 1 from accounts a where a.workspace_id = ${ws} and a.domain = s.company_domain))
       + (select count(distinct s.company_name) from s where s.account_id is not null and s.company_domain is null
          and not exists (select 1 from accounts a where a.workspace_id = ${ws} and a.name = s.company_name and a.domain is null)))::int as "newCompanies"
    from person`;
  if (!counts) throw new AppError("INVALID_STATE", "This file is still being counted.");
  return { ...counts, rows: row.totalRows, joined: row.joined, errors: row.failed };
}
