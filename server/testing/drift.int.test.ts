import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { emptyNeighbour } from "./backups.ts";
import { testDatabase } from "./database.ts";

/** Tables that Prisma's schema leaves to the database, each with its reason. */
const NOT_IN_SCHEMA = new Map([
  ["_prisma_migrations", "the runner's own"],
  ["import_staging", "filled by COPY, read by set-wise SQL only"],
  ["rate_limits", "rate-limiter-flexible's three columns"],
  ["pulse", "one row, read by the health page's function"],
]);

const { owner, ownerUrl } = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "leadwright-drift-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Prisma's own schema engine makes of a schema, in an empty database. */
async function made(schema: string): Promise<pg.Client> {
  const printed = spawnSync(process.execPath, ["scripts/prisma-diff.mjs", "--to", schema], { encoding: "utf8", maxBuffer: 2 ** 26 });
  expect(printed.stderr).toBe("");
  const { owner: client } = await emptyNeighbour(ownerUrl);
  await client.query(printed.stdout);
  return client;
}

/** Columns with type and need, and primary keys: one line each. Prisma has no optional lists, so a list says nothing about need. */
async function shape(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ line: string }>(`
    with tables as (select oid, relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition)
    select t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull and y.typcategory <> 'A' then ' required' else '' end as line
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped join pg_type y on y.oid = a.atttypid
    union all
    select t.relname || ' key ' || pg_get_constraintdef(c.oid) from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'p'
    order by 1`);
  return new Set(rows.map(({ line }) => line).filter((line) => !NOT_IN_SCHEMA.has(line.split(/[. ]/)[0] ?? "")));
}

const differences = (database: Set<string>, schema: Set<string>) => ({
  onlyInDatabase: [...database].filter((line) => !schema.has(line)),
  onlyInSchema: [...schema].filter((line) => !database.has(line)),
});

describe("the migrated database and Prisma's schema", () => {
  it("say the same, and a column planted on either side is found", { timeout: 60_000 }, async () => {
    const fromSchema = await made("prisma/schema");
    expect(differences(await shape(owner), await shape(fromSchema))).toEqual({ onlyInDatabase: [], onlyInSchema: [] });

    await owner.query("alter table leads add column planted_in_database text");
    const planted = join(folder, "schema");
    cpSync("prisma/schema", planted, { recursive: true });
    const file = join(planted, "lead.prisma");
    writeFileSync(file, readFileSync(file, "utf8").replace(/model Lead \{\n/, '$&  planted String? @map("planted_in_schema")\n'));
    const fromPlanted = await made(planted);
    expect(differences(await shape(owner), await shape(fromPlanted))).toEqual({
      onlyInDatabase: ["leads.planted_in_database text"],
      onlyInSchema: ["leads.planted_in_schema text"],
    });
    await fromSchema.end();
    await fromPlanted.end();
  });
});
