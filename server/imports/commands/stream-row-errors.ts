import * as z from "zod";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { csvLine } from "../domain/write-csv.ts";
import { requireImport } from "../queries/list-imports.ts";
import { fileShape } from "../schema.ts";

const SLICE = 500;
const cells = z.array(z.string());

/**
 * The rows with errors as a file: fix them there and drop it in again, nothing will double. Formulas are made harmless. A slice per short
 * transaction: a list of the wrong kind has an error in each of its million rows.
 */
export async function openRowErrors(
  workspaceId: WorkspaceId,
  viewer: Viewer,
  importId: string,
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  const record = await inWorkspace(workspaceId, async (tx) => {
    await requireImport(tx, viewer, importId);
    return tx.leadImport.findFirst({ where: { id: importId }, select: { fileName: true, shape: true } });
  });
  if (!record) throw new AppError("NOT_FOUND", "This import no longer exists.");
  const { headings } = fileShape.parse(record.shape);
  return { fileName: `${record.fileName.replace(/\.[a-z]+$/i, "")}-errors.csv`, lines: linesOf(workspaceId, importId, headings) };
}

async function* linesOf(workspaceId: WorkspaceId, importId: string, headings: readonly string[]): AsyncGenerator<string> {
  yield csvLine(["Row", "Problem", ...headings]);
  let isOver = false;
  for (let after = -1; !isOver; ) {
    const where = { importId, rowNumber: { gt: after } };
    const rows = await inWorkspace(workspaceId, (tx) => tx.importRowError.findMany({ where, orderBy: { rowNumber: "asc" }, take: SLICE }));
    yield rows.map((row) => csvLine([row.rowNumber, row.message, ...cells.parse(row.raw)])).join("");
    after = rows.at(-1)?.rowNumber ?? after;
    isOver = rows.length < SLICE;
  }
}
