import type pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { migrateDatabase } from "#server/core/migrate.ts";
import { emptyNeighbour } from "./backups.ts";
import { testDatabase } from "./database.ts";
import { previousMigrations } from "./previous-release.ts";

/**
 * While a release is brought in, the one before still runs on the new schema. Whatever it reads, writes and calls must be as it was, and
 * nothing may be demanded that it does not know: both schemas are compared as the database describes them. What differs is named here
 * with the reason why the previous release stands it.
 */
const NEW_COLUMN = "a column that it never writes";
const WIDER = "allows more than it did";
const STANDS: Record<string, string> = {
  "demanded: c meetings CHECK ((attendee_answer = ANY (ARRAY['accepted'::text, 'declined'::text, 'tentative'::text, 'counter'::text])))":
    NEW_COLUMN,
  "demanded: f api_keys FOREIGN KEY (workspace_id, replaces_id) REFERENCES api_keys(workspace_id, id)": NEW_COLUMN,
  "demanded: key api_keys btree (workspace_id, replaces_id) WHERE ((replaces_id IS NOT NULL) AND (revoked_at IS NULL))": NEW_COLUMN,
  "demanded: c steps CHECK ((status = ANY (ARRAY['planned'::text, 'sleeping'::text, 'waiting'::text, 'done'::text, 'failed'::text])))":
    WIDER,
  "demanded: c timers CHECK ((kind = ANY (ARRAY['job'::text, 'wake'::text, 'start'::text, 'finish'::text])))": WIDER,
};

const { owner, ownerUrl } = await testDatabase();

const TABLES = `select c.oid, c.relname from pg_class c where c.relnamespace in ('public'::regnamespace, 'engine'::regnamespace)
  and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '_prisma_migrations'`;

/** What a release may use: each line must still be true. */
const OFFERED = `
  with tables as (${TABLES})
  select 'column ' || t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) as line
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  union all
  select 'key ' || t.relname || regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING', '') from tables t join pg_index i on i.indrelid = t.oid and i.indisunique
  union all
  select 'default ' || t.relname || '.' || a.attname from tables t join pg_attribute a on a.attrelid = t.oid and a.atthasdef and not a.attisdropped
  union all
  select 'right ' || r.rolname || ' ' || p.privilege || ' ' || t.relname from tables t, pg_roles r, (values ('SELECT'), ('INSERT'), ('UPDATE')) p (privilege)
    where r.rolname like '%\\_role' and has_any_column_privilege(r.oid, t.oid, p.privilege)
  union all
  select 'right ' || r.rolname || ' DELETE ' || t.relname from tables t, pg_roles r where r.rolname like '%\\_role' and has_table_privilege(r.oid, t.oid, 'DELETE')
  union all
  select 'function ' || r.rolname || ' ' || p.oid::regprocedure || ' ' || pg_get_function_result(p.oid) from pg_proc p, pg_roles r
    where p.pronamespace = 'public'::regnamespace and r.rolname like '%\\_role' and has_function_privilege(r.oid, p.oid, 'EXECUTE')
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

/** What a release must do: nothing may be added, on the tables that the one before writes. */
const DEMANDED = `
  with tables as (${TABLES})
  select t.relname as "table", 'value ' || t.relname || '.' || a.attname as line
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = ''
  union all
  select t.relname, c.contype::text || ' ' || t.relname || ' ' || pg_get_constraintdef(c.oid)
    from tables t join pg_constraint c on c.conrelid = t.oid and c.contype in ('c', 'f', 'x')
  union all
  select t.relname, 'key ' || t.relname || regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING', '') from tables t join pg_index i on i.indrelid = t.oid and i.indisunique`;

const linesOf = async (client: pg.Client, sql: string) => (await client.query<{ line: string; table?: string }>(sql)).rows;
const differences = (before: readonly { line: string }[], now: readonly { line: string }[]) => {
  const known = new Set(now.map(({ line }) => line));
  return before.map(({ line }) => line).filter((line) => !known.has(line));
};

let old: Awaited<ReturnType<typeof emptyNeighbour>>;
beforeAll(async () => {
  old = await emptyNeighbour(ownerUrl);
  await migrateDatabase({ ownerUrl: old.ownerUrl, loginPassword: "test", only: previousMigrations });
  return () => old.close();
});

/** What the release before would miss, and what it would not know of. */
async function broken(): Promise<string[]> {
  const missed = differences(await linesOf(old.owner, OFFERED), await linesOf(owner, OFFERED)).map((line) => `missing: ${line}`);
  const [before, now] = [await linesOf(old.owner, DEMANDED), await linesOf(owner, DEMANDED)];
  const tables = new Set(before.map(({ table }) => table));
  const added = differences(
    now.filter(({ table }) => tables.has(table)),
    before,
  ).map((line) => `demanded: ${line}`);
  return [...missed, ...added].filter((line) => STANDS[line] === undefined).sort();
}

describe("the release before runs on this schema", () => {
  it("with all that it uses, and nothing more asked of it", async () => expect(await broken()).toEqual([]));

  it.each([
    ["alter table leads rename column title to role_title", "missing: column leads.title text"],
    ["alter table notes add column mood text not null", "demanded: value notes.mood"],
    ["alter table notes add check (text <> 'x')", "demanded: c notes CHECK ((text <> 'x'::text))"],
    ["create unique index on notes (workspace_id, text)", "demanded: key notes btree (workspace_id, text)"],
    ["revoke insert on notes from app_role", "missing: right app_role INSERT notes"],
    ["drop function search_leads(text, int)", "missing: function app_role search_leads(text,integer) TABLE(lead_id uuid)"],
  ])("and sees %s", async (sql, line) => {
    await owner.query("begin");
    await owner.query(sql);
    expect(await broken()).toContain(line);
    await owner.query("rollback");
  });
});
