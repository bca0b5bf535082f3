import { randomBytes } from "node:crypto";
import pg from "pg";

/** An empty database beside this file's own, for what is put into one from outside. It goes with the cluster. */
export async function emptyNeighbour(ownerUrl: string): Promise<{ ownerUrl: string; owner: pg.Client; close: () => Promise<void> }> {
  const name = `n_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: ownerUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  const owner = new pg.Client({ connectionString: url.toString() });
  owner.on("error", () => {});
  await owner.connect();
  return {
    ownerUrl: url.toString(),
    owner,
    close: () => owner.end(),
  };
}

/** What every table holds, as one hash each, and everything that is defined: what must be the same after a restore. */
export async function portrait(client: pg.Client): Promise<{ rows: Record<string, string>; definitions: string[] }> {
  await client.query("set timezone = 'UTC'");
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'engine') and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in ('_prisma_migrations', 'rate_limits', 'pulse', 'instances') order by 1`,
  );
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows: sums } = await client.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as sum from ${name} t`,
    );
    rows[name] = sums[0]?.sum ?? "";
  }
  const { rows: definitions } = await client.query<{ line: string }>(`
    select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) as line from pg_constraint where connamespace::regnamespace::text in ('public', 'engine')
    union all select 'index ' || indexdef from pg_indexes where schemaname in ('public', 'engine')
    union all select 'policy ' || tablename || ' ' || policyname || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
    union all select 'security ' || oid::regclass || ' ' || relrowsecurity || ' ' || relforcerowsecurity from pg_class where relnamespace::regnamespace::text in ('public', 'engine') and relkind in ('r', 'p')
    union all select 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    union all select 'sequence ' || schemaname || '.' || sequencename || ' ' || coalesce(last_value::text, '') from pg_sequences where schemaname in ('public', 'engine')
    order by 1`);
  return { rows, definitions: definitions.map(({ line }) => line) };
}
