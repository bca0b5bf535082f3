import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { type LeadImport, Prisma } from "#server/generated/prisma/client.ts";
import { setDue } from "#server/jobs/due.ts";
import { importCheckRequested, importRunRequested } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { finishProgress, requestCancel, startProgress } from "#server/progress/commands.ts";
import { type ColumnMapping, fileShape, importOptions, mapping as mappingSchema, type SaveMappingInput } from "../schema.ts";

/** The due row that picks an import up again when its run was lost. */
export const IMPORT_DUE = "import";
/** An undo that is shown in the activity tray. */
export const UNDO_KIND = "import-undo";
export const LOOK_AGAIN_MS = 10 * 60_000;

/** Counts what the file would do, with nothing written. The mapping of now is used; a later change counts again. */
export async function requestCheck(tx: Tx, id: string): Promise<void> {
  const record = await lockImport(tx, id);
  if (record.status !== "stored" && record.status !== "checking" && record.status !== "ready") {
    throw new AppError("INVALID_STATE", "This import has been started already.");
  }
  if (record.progressId) await finishProgress(tx, { id: record.progressId, status: "cancelled", result: "The columns were changed." });
  const progressId = await startProgress(tx, {
    kind: "import-check",
    title: `Checking ${record.fileName}`,
    link: pageOf(id),
    startedById: record.createdById,
  });
  await clearStaging(tx, id);
  await tx.leadImport.updateMany({
    where: { id },
    data: { status: "checking", progressId, byteOffset: 0n, rowOffset: 0, totalRows: null, joined: 0, failed: 0, error: null },
  });
  await setDue(tx, { kind: IMPORT_DUE, subjectId: id, dueAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS) });
  await emit(tx, importCheckRequested.create({ workspaceId: tx.workspaceId, importId: id }));
}

/** Changes columns or options before the start. Other columns mean that the file is counted again, unless it is started at once. */
export async function saveMapping(tx: Tx, input: SaveMappingInput, { isStarting = false } = {}): Promise<void> {
  const record = await lockImport(tx, input.id);
  if (!["stored", "checking", "ready"].includes(record.status))
    throw new AppError("INVALID_STATE", "This import has been started already.");
  const shape = fileShape.parse(record.shape);
  const mapping = checkedMapping(input.mapping, shape.headings);
  const owner = await tx.member.findFirst({ where: { userId: input.options.ownerId, removedAt: null }, select: { userId: true } });
  if (!owner) throw new AppError("INVALID_INPUT", "Choose an owner who is in this workspace.");
  const isSame = JSON.stringify(mappingSchema.parse(record.mapping)) === JSON.stringify(mapping);
  await tx.leadImport.updateMany({ where: { id: input.id }, data: { mapping, options: input.options } });
  if (!isStarting && (!isSame || record.status === "stored")) await requestCheck(tx, input.id);
}

function checkedMapping(mapping: readonly ColumnMapping[], headings: readonly string[]): ColumnMapping[] {
  const once = new Set<string>();
  for (const entry of mapping) {
    if (entry.column >= headings.length) throw new AppError("INVALID_INPUT", "This file does not have so many columns.");
    if (entry.becomes === "skip") continue;
    const name = entry.becomes === "custom" ? `custom:${entry.key ?? ""}` : entry.becomes;
    if (entry.becomes === "custom" && !entry.key) throw new AppError("INVALID_INPUT", `Name the field for “${entry.heading}”.`);
    if (once.has(name))
      throw new AppError("INVALID_INPUT", `Two columns become the same field. Leave one of them out (“${entry.heading}”).`);
    once.add(name);
  }
  if (!["email", "fullName", "firstName", "lastName"].some((field) => once.has(field))) {
    throw new AppError("INVALID_INPUT", "Choose the column that holds the e-mail address or the name.");
  }
  return [...mapping].sort((a, b) => a.column - b.column);
}

/** From here on rows are written. The list, the fields and the remembered mapping come first, in the same transaction as the start. */
export async function startImport(tx: Tx, id: string, startedById: string): Promise<{ progressId: string; listId: string }> {
  const record = await lockImport(tx, id);
  if (record.status === "running" && record.listId && record.progressId) return { progressId: record.progressId, listId: record.listId };
  const isResumed = record.status === "cancelled" || record.status === "failed";
  if (!isResumed && !["stored", "checking", "ready"].includes(record.status))
    throw new AppError("INVALID_STATE", "This import is finished.");
  // Whom the undo has taken away already would be missing from what goes on behind them.
  const undo = isResumed && (await tx.progress.findFirst({ where: { kind: UNDO_KIND, link: pageOf(id), status: "running" } }));
  if (undo) throw new AppError("INVALID_STATE", "This import is being undone. Undo it to the end, or import the file again.");
  const mapping = checkedMapping(mappingSchema.parse(record.mapping), fileShape.parse(record.shape).headings);
  const options = importOptions.parse(record.options);
  if (record.progressId) await finishProgress(tx, { id: record.progressId, result: "Checked." });
  const progressId = await startProgress(tx, {
    kind: "import",
    title: `Importing ${record.fileName}`,
    total: record.totalRows,
    link: pageOf(id),
    startedById,
  });
  const listId = record.listId ?? newId();
  if (!record.listId)
    await tx.leadList.create({
      data: { id: listId, workspaceId: tx.workspaceId, name: options.listName, importId: id, createdById: startedById, createdAt: tx.now },
    });
  await createFields(tx, mapping);
  await rememberMapping(tx, fileShape.parse(record.shape).headingsKey, mapping);
  await tx.leadImport.updateMany({ where: { id }, data: { status: "running", progressId, listId, error: null, finishedAt: null } });
  await setDue(tx, { kind: IMPORT_DUE, subjectId: id, dueAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS) });
  await emit(tx, importRunRequested.create({ workspaceId: tx.workspaceId, importId: id }));
  return { progressId, listId };
}

/** Stops at the next chunk. What is in stays and can be undone, or the import goes on where it stopped. */
export async function cancelImport(tx: Tx, id: string): Promise<void> {
  const record = await lockImport(tx, id);
  if (record.status !== "running" && record.status !== "checking") throw new AppError("INVALID_STATE", "This import is not running.");
  if (record.progressId) await requestCancel(tx, { id: record.progressId });
}

async function createFields(tx: Tx, mapping: readonly ColumnMapping[]): Promise<void> {
  const fields = mapping.filter((entry) => entry.becomes === "custom" && entry.key);
  if (fields.length === 0) return;
  const rows = fields.map(
    (entry) =>
      Prisma.sql`(${newId()}::uuid, ${tx.workspaceId}::uuid, ${entry.key}, ${entry.heading}, ${entry.type ?? "text"}, ${tx.now}::timestamptz)`,
  );
  await tx.$executeRaw`insert into custom_fields (id, workspace_id, key, label, type, created_at) values ${Prisma.join(rows)} on conflict (workspace_id, key) do nothing`;
}

async function rememberMapping(tx: Tx, headingsKey: string, mapping: readonly ColumnMapping[]): Promise<void> {
  await tx.$executeRaw`
    insert into import_mappings (workspace_id, headings_key, mapping, updated_at) values (${tx.workspaceId}::uuid, ${headingsKey}, ${JSON.stringify(mapping)}::jsonb, ${tx.now})
    on conflict (workspace_id, headings_key) do update set mapping = excluded.mapping, updated_at = excluded.updated_at`;
}

async function clearStaging(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`delete from import_staging where import_id = ${id}::uuid`;
  await tx.importRowError.deleteMany({ where: { importId: id } });
}

/** One at a time moves the place of an import forward, or takes its rows back. Taken before the record, which stays free for who reads the file and for people. */
export async function lockWriting(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
}

/** One at a time writes the chunk that begins behind this row; who waits for this lock of another chunk waits until that is committed. */
export async function lockChunk(tx: Tx, id: string, after: number): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${id}, ${after + 1}::int))`;
}

/** The rows are in the workspace. The search's waiting entries, of which an import leaves many, are sorted in with them. */
export async function clearStaged(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`delete from import_staging where import_id = ${id}::uuid`;
  await tx.$executeRaw`select settle_lead_search()`;
}

/** Commands of one import wait for each other, and not for the people whom a chunk is writing. */
export async function lockImport(tx: Tx, id: string): Promise<LeadImport> {
  await tx.$queryRaw`select id from lead_imports where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for no key update`;
  const record = await tx.leadImport.findFirst({ where: { id } });
  if (!record) throw new AppError("NOT_FOUND", "This import no longer exists.");
  return record;
}

export function pageOf(id: string): string {
  return `/leads/import?id=${id}`;
}
