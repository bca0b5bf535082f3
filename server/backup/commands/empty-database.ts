import pg from "pg";
import { AppError } from "#server/core/errors.ts";

/**
 * Clears a database that holds nothing yet (at most an instance that nobody has claimed), so that a backup can be put into it.
 * @throws INVALID_STATE when anybody or any workspace is in it, or tables that are not ours.
 */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ tables: number; ours: boolean }>(
      `select count(*)::int as tables, to_regclass('public._prisma_migrations') is not null as ours from pg_class c
       join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm')
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
    );
    if (rows[0]?.tables === 0) return;
    if (!rows[0]?.ours) throw notEmpty("tables of another program");
    if (await holds(client, "users")) throw notEmpty("people");
    if (await holds(client, "workspaces")) throw notEmpty("a workspace");
    await client.query(
      "drop schema public cascade; drop schema if exists engine cascade; drop schema if exists graphile_worker cascade; create schema public",
    );
  } finally {
    await client.end();
  }
}

async function holds(client: pg.Client, table: "users" | "workspaces"): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass($1) is not null as there", [`public.${table}`]);
  if (!rows[0]?.there) return false;
  return ((await client.query(`select from ${table} limit 1`)).rowCount ?? 0) > 0;
}

function notEmpty(what: string): AppError {
  return new AppError("INVALID_STATE", `This instance is not empty: it holds ${what}. Restore into a new DATA_DIR, or an empty database.`);
}
