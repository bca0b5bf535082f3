import type pg from "pg";
import { insertMany, readTenantTables, type TenantTable } from "./any-row.ts";
import { idOf, ROWS, type Row, RUNS, rowsOf } from "./large-rows.ts";

/**
 * Workspaces that are a year old, each in one statement a table. `ownerOf`: whose the nth row is, in SQL. What a table demands and
 * nobody gives is anything; constraints, triggers and indexes stand aside meanwhile.
 */
export async function fillLargeWorkspaces(
  owner: pg.Client,
  workspaces: readonly { id: string; ownerOf: (n: string) => string }[],
): Promise<void> {
  const tables = new Map((await readTenantTables(owner)).map((table) => [table.name, table]));
  const filled = workspaces.map(({ id, ownerOf }) => rowsOf(id, ownerOf).map((row) => ({ id, row })));
  const names = [...new Set(filled.flat().map(({ row: [name] }) => name))];
  await owner.query("set session_replication_role = replica");
  await owner.query("set maintenance_work_mem = '128MB'");
  await runEach(owner, CHECKS, []);
  const indexes = await owner.query<{ name: string; sql: string }>(PLAIN_INDEXES, [names]);
  for (const { name } of indexes.rows) await owner.query(`drop index ${name}`);
  for (const { id, row } of filled.flat()) await owner.query(insertOf(tables, id, row));
  for (const { sql } of indexes.rows) await owner.query(sql);
  for (const { id } of workspaces) await owner.query(RUNS, [id, ROWS]);
  await owner.query("set session_replication_role = origin");
  await owner.query("analyze");
}

function insertOf(tables: ReadonlyMap<string, TenantTable>, workspaceId: string, [name, count, given]: Row): string {
  const table = tables.get(name);
  const unknown = Object.keys(given).find((column) => !table?.columns.some((each) => each.name === column));
  if (!table || unknown) throw new Error(`There is no ${name}.${unknown ?? ""}`);
  const hasId = table.columns.some((column) => column.name === "id" && column.type === "uuid");
  return insertMany(table, workspaceId, count, { ...(hasId && { id: idOf(workspaceId, name) }), ...given });
}

async function runEach(owner: pg.Client, listing: string, values: unknown[]): Promise<void> {
  const { rows } = await owner.query<{ sql: string }>(listing, values);
  for (const { sql } of rows) await owner.query(sql);
}

const CHECKS = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql from pg_constraint
  where contype = 'c' and connamespace = 'public'::regnamespace and conislocal and coninhcount = 0`;

/** Those that carry no constraint and no partition's part. They are made again in one go, which is far faster than row by row. */
const PLAIN_INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as sql
  from pg_index i join pg_class t on t.oid = i.indrelid
  where t.relnamespace = 'public'::regnamespace and t.relname = any($1) and t.relkind = 'r' and not t.relispartition
    and not exists (select 1 from pg_constraint where conindid = i.indexrelid)`;
