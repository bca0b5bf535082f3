import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";
import { importStatus } from "../schema.ts";

export async function listImports(tx: Tx, viewer: Viewer) {
  const owners = await listVisibleOwners(tx, viewer);
  const rows = await tx.leadImport.findMany({
    where: owners === null ? {} : { createdById: { in: owners } },
    orderBy: { createdAt: "desc" },
    take: 20,
  });
  return rows.map((row) => ({
    id: row.id,
    fileName: row.fileName,
    status: importStatus.parse(row.status),
    total: row.totalRows,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    failed: row.failed,
    createdAt: row.createdAt,
  }));
}

/** A list shows its rows, so it is seen by whoever sees the work of the person who brought it in. */
export async function requireImport(tx: Tx, viewer: Viewer, id: string): Promise<void> {
  const owners = await listVisibleOwners(tx, viewer);
  const found = await tx.leadImport.findFirst({ where: { id, ...(owners && { createdById: { in: owners } }) }, select: { id: true } });
  if (!found) throw new AppError("NOT_FOUND", "This import no longer exists.");
}

const cells = z.array(z.string());

/** The first rows with errors, for the screen. */
export async function listRowErrors(tx: Tx, importId: string, limit = 100) {
  const rows = await tx.importRowError.findMany({ where: { importId }, orderBy: { rowNumber: "asc" }, take: limit });
  return rows.map((row) => ({ rowNumber: row.rowNumber, message: row.message, raw: cells.parse(row.raw) }));
}
