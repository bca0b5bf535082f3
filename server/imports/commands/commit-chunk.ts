import { once } from "node:events";
import { from as copyFrom } from "pg-copy-streams";
import { rawPool } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { COPY_COLUMNS, copyLine, type RowError, type StagedRow } from "../domain/staged-row.ts";

export type Chunk = {
  importId: string;
  /** of the mapping under which the rows were read */
  mappingDigest: string;
  from: number;
  to: number;
  rowOffset: number;
  joined: number;
  rows: readonly StagedRow[];
  errors: readonly RowError[];
};

/**
 * Rows, errors and the place reached are committed together, so that a killed run goes on exactly behind its last chunk.
 * @returns false when somebody else moved the place or changed the mapping: then this run ends and nothing of the chunk is kept
 */
export async function commitChunk(workspaceId: WorkspaceId, chunk: Chunk): Promise<boolean> {
  const client = await rawPool().connect();
  let broken: unknown;
  try {
    await client.query("begin");
    await client.query("select set_config('role', 'app_role', true), set_config('app.workspace_id', $1, true)", [workspaceId]);
    const moved = await client.query(
      `update lead_imports set byte_offset = $3, row_offset = $4, failed = failed + $5, joined = joined + $6
       where id = $1 and status in ('checking', 'running') and byte_offset = $2 and total_rows is null and md5(mapping::text) = $7`,
      [chunk.importId, chunk.from, chunk.to, chunk.rowOffset, chunk.errors.length, chunk.joined, chunk.mappingDigest],
    );
    if (moved.rowCount === 0) {
      await client.query("rollback");
      return false;
    }
    if (chunk.errors.length > 0) {
      await client.query(
        `insert into import_row_errors (workspace_id, import_id, row_number, message, raw)
         select $1, $2, e.row_number, e.message, e.raw from unnest($3::int[], $4::text[], $5::jsonb[]) as e(row_number, message, raw)`,
        [
          workspaceId,
          chunk.importId,
          chunk.errors.map((row) => row.rowNumber),
          chunk.errors.map((row) => row.message),
          chunk.errors.map((row) => JSON.stringify(row.raw).replaceAll("\\u0000", "")),
        ],
      );
    }
    await client.query("select set_config('role', 'loader_role', true)");
    const stream = client.query(copyFrom(`copy import_staging (${COPY_COLUMNS}) from stdin`));
    const finished = once(stream, "finish");
    for (let start = 0; start < chunk.rows.length; start += 500) {
      const lines = chunk.rows.slice(start, start + 500).map((row) => copyLine(chunk.importId, row));
      if (!stream.write(lines.join(""))) await Promise.race([once(stream, "drain"), finished]);
    }
    stream.end();
    await finished;
    failPoint("import.chunk-staged");
    await client.query("commit");
    failPoint("import.chunk-committed");
    return true;
  } catch (error) {
    broken = error;
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release(broken instanceof Error && /terminat|closed/i.test(broken.message) ? broken : undefined);
  }
}
