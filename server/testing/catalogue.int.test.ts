import { describe, expect, it } from "vitest";
import { testDatabase } from "./database.ts";

const { owner } = await testDatabase();

/** Tables with a workspace_id that differ from the rule, each with its reason. */
const NOT_FORCED = new Map([["lead_search", "read through a definer function so that its index can be used under row security"]]);
const NULLABLE_TENANT = new Map([["outbox", "an event of the instance belongs to no workspace"]]);
const NO_TENANT_REFERENCES = new Set([
  "rate_limits",
  "pulse",
  "import_staging",
  "instance",
  "users",
  "recovery_codes",
  "second_steps",
  "outside_accounts",
  "password_resets",
  "_prisma_migrations",
  "workspaces",
]);

type Row = Record<string, unknown>;
const rows = async (sql: string): Promise<Row[]> => (await owner.query<Row>(sql)).rows;

const tenantTables = (
  await rows(`select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, a.attnotnull as required
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
              where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)
).map((row) => ({ name: String(row.name), enabled: row.enabled === true, forced: row.forced === true, required: row.required === true }));

describe("every table with a workspace_id", () => {
  it("exists in number", () => expect(tenantTables.length).toBeGreaterThan(40));

  it.each(tenantTables)(
    "$name has row security, forced, and one policy for app_role that reads the setting",
    async ({ name, enabled, forced }) => {
      expect(enabled).toBe(true);
      expect(forced || NOT_FORCED.has(name)).toBe(true);
      const policies = await rows(`select qual, with_check from pg_policies where tablename = '${name}' and 'app_role' = any(roles)`);
      expect(policies).toHaveLength(1);
      for (const expression of [policies[0]?.qual, policies[0]?.with_check])
        expect(String(expression)).toMatch(/workspace_id = .*(app\.workspace_id|current_workspace\(\))/);
    },
  );

  it("is counted again after a few thousand changes, however large it is, so that the planner knows a new workspace", async () => {
    await owner.query("select make_month_partition('activities', '2031-05-01')");
    const seldom = await rows(`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and not coalesce(c.reloptions, '{}') @> '{autovacuum_analyze_scale_factor=0,autovacuum_analyze_threshold=5000}'`);
    expect(seldom).toEqual([]);
  });

  it.each(tenantTables)("$name requires its workspace", ({ name, required }) => {
    expect(required || NULLABLE_TENANT.has(name)).toBe(true);
  });
});

describe("references between tenant tables", () => {
  it("carry the workspace, so that a row cannot point into another one", async () => {
    const bare = await rows(`
      select con.conrelid::regclass::text as "from", con.conname from pg_constraint con
      join pg_class target on target.oid = con.confrelid
      where con.contype = 'f' and con.connamespace = 'public'::regnamespace
        and exists (select 1 from pg_attribute a where a.attrelid = con.confrelid and a.attname = 'workspace_id')
        and not exists (select 1 from pg_attribute a where a.attrelid = con.conrelid and a.attname = 'workspace_id' and a.attnum = any(con.conkey))`);
    expect(bare).toEqual([]);
  });

  it("point at unique (workspace_id, id)", async () => {
    const keyless = await rows(`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
      join pg_attribute i on i.attrelid = c.oid and i.attname = 'id' and not i.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'outbox'
        and not exists (select 1 from pg_index x where x.indrelid = c.oid and x.indisunique and a.attnum = any(x.indkey) and i.attnum = any(x.indkey))`);
    expect(keyless).toEqual([]);
  });
});

describe("rights", () => {
  it("gives the login nothing of its own", async () => {
    const granted = await rows(
      `select table_name, privilege_type from information_schema.role_table_grants where grantee = 'leadwright_login'`,
    );
    expect(granted).toEqual([]);
    const [login] = await rows(`select rolinherit, rolsuper, rolbypassrls from pg_roles where rolname = 'leadwright_login'`);
    expect(login).toEqual({ rolinherit: false, rolsuper: false, rolbypassrls: false });
  });

  it("gives the public nothing", async () => {
    expect(
      await rows(`select table_name from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'public'`),
    ).toEqual([]);
  });

  it("lists every table without a workspace", async () => {
    const others = await rows(`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')`);
    expect(others.map((row) => String(row.name)).filter((name) => !NO_TENANT_REFERENCES.has(name))).toEqual([]);
  });
});
