import type pg from "pg";

export type TableToKeep = { name: string; columns: string[] };

/**
 * Rows that are not kept: what Postgres and the queue make anew. The queue's jobs are only wake-ups: the engine's own tables say what
 * has to run, and give every run that is under way a new job.
 */
const LEFT_OUT = ["public._prisma_migrations", "public.rate_limits", "public.pulse", "engine.instances"];

/** Every table of ours; partitions are read and filled through their parent. */
export async function listTables(client: pg.Client): Promise<TableToKeep[]> {
  const { rows } = await client.query<TableToKeep>(
    `select format('%I.%I', n.nspname, c.relname) as name,
            array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where n.nspname in ('public', 'engine') and c.relkind in ('r', 'p') and not c.relispartition
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
       and not (format('%I.%I', n.nspname, c.relname) = any($1))
     group by 1 order by 1`,
    [LEFT_OUT],
  );
  return rows;
}

export async function listSequences(client: pg.Client): Promise<{ name: string; value: string; isCalled: boolean }[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'engine') and c.relkind = 'S' order by 1`,
  );
  const states = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ value: string; isCalled: boolean }>(
      `select last_value::text as value, is_called as "isCalled" from ${name}`,
    );
    if (state[0]) states.push({ name, ...state[0] });
  }
  return states;
}

export async function listMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select migration_name as name from public._prisma_migrations where finished_at is not null and rolled_back_at is null order by 1",
  );
  return rows.map(({ name }) => name);
}

/** True where row security does not apply to whoever asks. */
async function seesAll(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(
    "select rolsuper or rolbypassrls as yes from pg_roles where rolname = current_user",
  );
  return rows[0]?.yes ?? false;
}

const FORCED = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'engine') and c.relforcerowsecurity and c.relkind in ('r', 'p')`;

/**
 * An owner that is no superuser is under FORCE too and would read nothing. It gets a policy that holds for sessions that logged in as the
 * owner: not for the product, whose functions run as the owner in a session of another login.
 */
export async function letOwnerSee(client: pg.Client): Promise<void> {
  if (await seesAll(client)) return;
  const { rows } = await client.query<{ name: string }>(
    `${FORCED} and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_session')`,
  );
  for (const { name } of rows)
    await client.query(
      `create policy owner_session on ${name} to current_user using (session_user = current_user) with check (session_user = current_user)`,
    );
}

/** COPY FROM is refused under row security. @returns the tables to force again. */
export async function liftForce(client: pg.Client): Promise<string[]> {
  if (await seesAll(client)) return [];
  const { rows } = await client.query<{ name: string }>(FORCED);
  for (const { name } of rows) await client.query(`alter table ${name} no force row level security`);
  return rows.map(({ name }) => name);
}

/** References between tables, so that these can be filled in any order: dropped, and added again, which checks every row. */
export async function listReferences(client: pg.Client): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select con.conrelid::regclass::text as table, quote_ident(con.conname) as name, pg_get_constraintdef(con.oid) as definition
     from pg_constraint con join pg_namespace n on n.oid = con.connamespace
     where con.contype = 'f' and con.conparentid = 0 and n.nspname in ('public', 'engine') order by 1, 2`,
  );
  return rows;
}
