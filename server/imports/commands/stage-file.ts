import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { searchText } from "#server/leads/domain/read-lead.ts";
import { advanceProgress, isCancelRequested } from "#server/progress/commands.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { type RowReading, rowReader } from "../domain/read-row.ts";
import { isSeparatorLine } from "../domain/sniff-file.ts";
import { nameKey, nothingSeen, type RowError, type Seen, stageRows } from "../domain/staged-row.ts";
import { fileShape, mapping as mappingSchema } from "../schema.ts";
import { commitChunk } from "./commit-chunk.ts";
import { readRecords } from "./read-records.ts";
import { stagedRows } from "./staged-sql.ts";

const CHUNK_ROWS = 2_000;

export type StageOutcome = "more" | "staged" | "ended";

/**
 * Reads the stored file into staging, chunk by committed chunk, for as long as the budget allows. Nothing of a person is written to the
 * workspace's own tables. Safe to run twice at once: a chunk counts only from the place that is committed, and whoever lost the race
 * goes on from there ("more").
 */
export async function stageFile(
  deps: { blobs: BlobStore },
  workspaceId: WorkspaceId,
  importId: string,
  budgetMs = 8_000,
): Promise<StageOutcome> {
  const start = await inWorkspace(workspaceId, (tx) => readPlace(tx, importId));
  if (!start) return "ended";
  if (start.isStaged) return "staged";
  const deadline = performance.now() + budgetMs;
  const read = rowReader(start.mapping, { ownerByEmail: start.ownerByEmail });
  const source = await deps.blobs.open(workspaceId, start.digest);
  let place = start.byteOffset;
  let rowNumber = start.rowOffset;
  let rows: { rowNumber: number; row: RowReading }[] = [];
  let errors: RowError[] = [];
  let end = place;

  /** What stops this stretch, or null. */
  const commit = async (): Promise<StageOutcome | null> => {
    const { staged, joined } = stageRows(rows, start.seen, newId, toSearchText);
    const isKept = await commitChunk(workspaceId, {
      importId,
      mappingDigest: start.mappingDigest,
      from: place,
      to: end,
      rowOffset: rowNumber,
      joined,
      rows: staged,
      errors,
    });
    [place, rows, errors] = [end, [], []];
    if (!isKept) return "more";
    return (await inWorkspace(workspaceId, (tx) => reportStaged(tx, start, rowNumber))) ? "ended" : null;
  };

  for await (const record of readRecords(source, start.shape, place)) {
    if (rowNumber === 0 && isSeparatorLine(record.cells)) continue;
    const isHeading = rowNumber === 0 && start.shape.hasHeadings;
    rowNumber += 1;
    end = record.end;
    if (isHeading) continue;
    const result = read(record.cells);
    if (result.ok) rows.push({ rowNumber, row: result.row });
    else errors.push({ rowNumber, message: result.message, raw: record.cells });
    if (rows.length + errors.length < CHUNK_ROWS) continue;
    const stopped = await commit();
    if (stopped) return stopped;
    if (performance.now() > deadline) return "more";
  }
  const stopped = end > place ? await commit() : null;
  if (stopped) return stopped;
  const total = rowNumber - (start.shape.hasHeadings && rowNumber > 0 ? 1 : 0);
  const finished = await inWorkspace(workspaceId, (tx) =>
    tx.leadImport.updateMany({ where: { id: importId, byteOffset: place, totalRows: null }, data: { totalRows: total } }),
  );
  return finished.count > 0 ? "staged" : "more";
}

async function readPlace(tx: Tx, importId: string) {
  const row = await tx.leadImport.findFirst({ where: { id: importId } });
  if (!row || (row.status !== "checking" && row.status !== "running")) return null;
  if (row.totalRows !== null) return { isStaged: true as const };
  const blob = await tx.blob.findFirst({ where: { id: row.blobId }, select: { digest: true } });
  if (!blob) throw new AppError("NOT_FOUND", "The file of this import is no longer stored.");
  const members = await tx.member.findMany({ where: { removedAt: null }, select: { userId: true, email: true } });
  const [digest] = await tx.$queryRaw<
    { digest: string }[]
  >`select md5(mapping::text) as digest from lead_imports where id = ${importId}::uuid`;
  return {
    isStaged: false as const,
    digest: blob.digest,
    mappingDigest: digest?.digest ?? "",
    shape: fileShape.parse(row.shape),
    mapping: mappingSchema.parse(row.mapping),
    byteOffset: Number(row.byteOffset),
    rowOffset: row.rowOffset,
    progressId: row.progressId,
    isCheck: row.status === "checking",
    ownerByEmail: new Map(members.map((member) => [member.email.toLowerCase(), member.userId])),
    seen: row.rowOffset > 0 ? await rebuildSeen(tx, importId) : nothingSeen(),
  };
}

/** What the rows staged so far have said: only read when a run continues. */
async function rebuildSeen(tx: Tx, importId: string): Promise<Seen> {
  const rows = await tx.$queryRaw<
    { row: number; email: string | null; name: string; domain: string | null; company: string | null; facts: number }[]
  >`
    select row_number as row, email, full_name as name, company_domain as domain, company_name as company,
           (employees is not null)::int + 2 * (industry is not null)::int + 4 * (company_country is not null)::int
             + 8 * (company_city is not null)::int + 16 * (company_name is distinct from company_domain)::int as facts
    from ${stagedRows(importId)} s order by row_number`;
  const seen = nothingSeen();
  for (const { row, email, name, domain, company, facts } of rows) {
    const companyKey = domain ?? (company ? `name:${company.toLowerCase()}` : null);
    const key = email ?? nameKey(name, companyKey);
    if (!seen.rowByPerson.has(key)) seen.rowByPerson.set(key, row);
    if (companyKey && company && !domain) seen.companySpelling.set(companyKey, company);
    if (companyKey) seen.companyFacts.set(companyKey, (seen.companyFacts.get(companyKey) ?? 0) | facts);
  }
  return seen;
}

/** @returns whether somebody asked to stop */
async function reportStaged(
  tx: Tx,
  { isCheck, progressId }: { isCheck: boolean; progressId: string | null },
  rows: number,
): Promise<boolean> {
  if (!progressId) return false;
  // Once it was started, what counts is what is written.
  if (isCheck) await advanceProgress(tx, { id: progressId, done: rows });
  return isCancelRequested(tx, progressId);
}

function toSearchText(row: RowReading): string {
  return searchText({ fullName: row.lead.fullName, email: row.email, title: row.lead.title, company: row.company?.name ?? null });
}
