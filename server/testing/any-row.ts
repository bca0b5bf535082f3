import type pg from "pg";

/** A table that is no partition and holds rows of workspaces. `tenant` is the column that says whose a row is. */
export type TenantTable = { name: string; tenant: "workspace_id" | "id"; columns: { name: string; type: string; fills: boolean }[] };

/** From the catalogue: a new table takes part by itself. */
export async function readTenantTables(owner: pg.Client): Promise<TenantTable[]> {
  const { rows } = await owner.query<{ name: string; columns: TenantTable["columns"] }>(
    `select c.relname as name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'fills', a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '') order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by 1 having bool_or(a.attname = 'workspace_id') or c.relname = 'workspaces' order by 1`,
  );
  return rows.map((row) => ({ ...row, tenant: row.name === "workspaces" ? "id" : "workspace_id" }));
}

/** An INSERT of one row with nothing in it but what the table demands, and what is given. */
export function insertOf(table: TenantTable, workspaceId: string, given: Record<string, string> = {}): string {
  const values = table.columns.flatMap(({ name, type, fills }): [string, string][] => {
    if (name === table.tenant) return [[name, `'${workspaceId}'`]];
    const value = given[`${table.name}.${name}`] ?? given[name];
    if (value !== undefined && (type === "uuid" || type === "text")) return [[name, `'${value}'`]];
    return fills ? [[name, anyOf(type)]] : [];
  });
  return `insert into "${table.name}" (${values.map(([name]) => `"${name}"`).join(", ")}) values (${values.map(([, value]) => value).join(", ")})`;
}

/** Many rows in one statement: `given` holds SQL over `n`, which counts from 1. */
export function insertMany(table: TenantTable, workspaceId: string, count: number, given: Record<string, string>): string {
  const values = table.columns.flatMap(({ name, type, fills }): [string, string][] => {
    if (name === table.tenant) return [[name, `'${workspaceId}'`]];
    const value = given[name];
    if (value !== undefined) return [[name, `(${value})::${type}`]];
    return fills ? [[name, anyOf(type)]] : [];
  });
  return `insert into "${table.name}" (${values.map(([name]) => `"${name}"`).join(", ")}) select ${values.map(([, value]) => value).join(", ")} from generate_series(1, ${count}) n`;
}

function anyOf(type: string): string {
  if (type === "uuid") return "gen_random_uuid()";
  if (type.endsWith("[]")) return "'{}'";
  if (/^(text|character)/.test(type)) return "gen_random_uuid()::text";
  if (/^(timestamp|date|time)/.test(type)) return "'2026-03-02 10:00'";
  if (/^json/.test(type)) return "'{}'";
  if (type === "boolean") return "false";
  if (type === "bytea") return "'\\x00'";
  if (type.endsWith("range")) return "'empty'";
  return "1";
}
