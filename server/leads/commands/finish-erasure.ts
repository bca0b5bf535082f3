import { inWorkspace, type Tx } from "#server/core/db.ts";
import { unseal } from "#server/core/seal.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { type ErasureTerms, erasurePattern } from "../domain/erasure-terms.ts";
import { eraseOwnRows } from "./erase-own-rows.ts";

const IN_ITS_PLACE = "an erased person";

/**
 * Looks through every text of the workspace, by the database's own catalogue, and through the stored files. Safe to repeat: the sealed terms
 * are forgotten only at the end.
 */
export async function finishErasure(services: { blobs: BlobStore }, workspaceId: WorkspaceId, input: { leadId: string }): Promise<void> {
  const found = await inWorkspace(workspaceId, async (tx) => {
    const row = await tx.erasure.findFirst({ where: { leadId: input.leadId, finishedAt: null } });
    if (!row?.terms) return null;
    const terms = JSON.parse(unseal(row.terms, { workspaceId, table: "erasures", column: "terms", rowId: row.id })) as ErasureTerms;
    return { terms, columns: await textColumns(tx), files: await listFiles(tx, input.leadId) };
  });
  if (!found) return;
  const { terms, columns, files } = found;

  for (const file of files)
    if (file.isTheirs || (await holds(services.blobs, workspaceId, file.digest, terms))) {
      await services.blobs.remove(workspaceId, file.digest);
      await inWorkspace(workspaceId, (tx) => forgetFile(tx, file.id));
    }
  for (const [table, theirs] of Map.groupBy(columns, (column) => column.table))
    await inWorkspace(workspaceId, (tx) => replaceIn(tx, table, theirs, terms));

  await inWorkspace(workspaceId, async (tx) => {
    // What was being sent when it began has its outcome by now.
    await eraseOwnRows(tx, input.leadId);
    await tx.$executeRaw`delete from idempotency_keys where workspace_id = ${tx.workspaceId}::uuid and response::text like ${`%${input.leadId}%`}`;
    await tx.erasure.updateMany({ where: { leadId: input.leadId }, data: { terms: null, finishedAt: tx.now } });
  });
}

type TextColumn = { table: string; column: string; type: "text" | "jsonb" | "text[]" };

/** What the application may write: append-only tables hold ids and closed values, and the audit's values went with the person. */
async function textColumns(tx: Tx): Promise<TextColumn[]> {
  return tx.$queryRaw<TextColumn[]>`
    select c.relname::text as "table", a.attname::text as "column", format_type(a.atttypid, null) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.attnum > 0
    join pg_attribute w on w.attrelid = c.oid and w.attname = 'workspace_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and format_type(a.atttypid, null) in ('text', 'jsonb', 'text[]') and has_column_privilege(c.oid, a.attnum, 'UPDATE')
      and c.relname not in ('members', 'erasures')
    order by 1, 2`;
}

async function replaceIn(tx: Tx, table: string, columns: readonly TextColumn[], terms: ErasureTerms): Promise<void> {
  const [text, json] = [erasurePattern(terms, "text"), erasurePattern(terms, "json")];
  if (!text || !json) return;
  for (const { column, type } of columns) {
    const name = Prisma.raw(`"${column}"`);
    const pattern = type === "jsonb" ? json : text;
    const after = {
      text: Prisma.sql`regexp_replace(${name}, ${text}, ${IN_ITS_PLACE}, 'gi')`,
      jsonb: Prisma.sql`regexp_replace(${name}::text, ${json}, ${IN_ITS_PLACE}, 'gi')::jsonb`,
      "text[]": Prisma.sql`regexp_replace(${name}::text, ${text}, ${IN_ITS_PLACE}, 'gi')::text[]`,
    }[type];
    await tx.$executeRaw`update ${Prisma.raw(`"${table}"`)} set ${name} = ${after}
      where workspace_id = ${tx.workspaceId}::uuid and ${name}::text ~* ${pattern}`;
  }
}

type StoredFile = { id: string; digest: string; isTheirs: boolean };

/** Their own mails, and every list: those they stood in are found by reading them. */
async function listFiles(tx: Tx, leadId: string): Promise<StoredFile[]> {
  return tx.$queryRaw<StoredFile[]>`
    select b.id, b.digest, bool_or(r.lead_id is not null) as "isTheirs" from blobs b
    left join inbound_mails i on i.workspace_id = b.workspace_id and i.blob_id = b.id
    left join replies r on r.workspace_id = b.workspace_id and r.inbound_id = i.id and r.lead_id = ${leadId}::uuid
    where b.workspace_id = ${tx.workspaceId}::uuid group by b.id, b.digest`;
}

/** Read as bytes, so that the encoding of the file does not matter for an address; lists in UTF-16 are looked through as such too. */
async function holds(blobs: BlobStore, workspaceId: WorkspaceId, digest: string, terms: ErasureTerms): Promise<boolean> {
  const words = [...terms.addresses, ...terms.names, ...terms.phones].map((word) => word.toLowerCase());
  const wanted = [
    ...new Set(
      words.flatMap((word) => [word, Buffer.from(word, "utf8").toString("latin1"), Buffer.from(word, "utf16le").toString("latin1")]),
    ),
  ];
  const longest = Math.max(0, ...wanted.map((word) => word.length));
  let tail = "";
  try {
    for await (const chunk of await blobs.open(workspaceId, digest)) {
      const text = tail + Buffer.from(chunk).toString("latin1").toLowerCase();
      if (wanted.some((word) => text.includes(word.toLowerCase()))) return true;
      tail = text.slice(-longest);
    }
  } catch {
    // Gone already: there is nothing to erase.
  }
  return false;
}

/** The import stays as a count; its file, samples and unread rows do not. */
async function forgetFile(tx: Tx, blobId: string): Promise<void> {
  const imports = await tx.leadImport.findMany({ where: { blobId }, select: { id: true } });
  for (const { id } of imports) {
    await tx.$executeRaw`delete from import_staging where import_id = ${id}::uuid`;
    await tx.importRowError.deleteMany({ where: { importId: id } });
    await tx.leadImport.updateMany({
      where: { id, status: { in: ["stored", "ready"] } },
      data: { status: "cancelled", error: "The file was removed, because somebody in it was erased. Choose it again.", finishedAt: tx.now },
    });
  }
}
