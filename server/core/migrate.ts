import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

const LOCK = 7_346_021;
const LOGIN = "leadwright_login";
const ROLES = ["app_role", "viewer_role", "identity_role", "sweeper_role", "loader_role", "engine_role"] as const;

/**
 * Brings a database to this release: roles, then every plain-SQL migration that was not applied, each in its own
 * transaction, under an advisory lock so that two starting processes take turns. Keeps Prisma's own table.
 * @returns the connection string of the unprivileged login that web and worker use.
 */
export async function migrateDatabase(options: {
  ownerUrl: string;
  loginPassword: string;
  folder?: string;
}): Promise<{ runtimeUrl: string; applied: string[] }> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await ensureRoles(client, options.loginPassword);
    const applied = await applyMigrations(client, options.folder ?? join(process.cwd(), "prisma/migrations"));
    return { runtimeUrl: asLogin(options.ownerUrl, options.loginPassword), applied };
  } finally {
    await client.end();
  }
}

/** The SQL that an administrator runs once where the configured user may not create roles. */
export function rolesSql(loginPassword: string): string {
  return [
    ...ROLES.map((role) => `CREATE ROLE ${role} NOLOGIN;`),
    `CREATE ROLE ${LOGIN} LOGIN NOINHERIT PASSWORD '${loginPassword}';`,
    `GRANT app_role TO viewer_role;`,
    `GRANT ${ROLES.join(", ")} TO ${LOGIN};`,
  ].join("\n");
}

async function ensureRoles(client: pg.Client, loginPassword: string): Promise<void> {
  const wanted = [...ROLES, LOGIN];
  try {
    // Roles belong to the cluster: two databases of one cluster may ask at once.
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [LOCK + 1]);
    const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [wanted]);
    const present = new Set(rows.map((row) => row.rolname));
    for (const role of ROLES) if (!present.has(role)) await client.query(`CREATE ROLE ${role} NOLOGIN`);
    // Whoever may not see everything has app_role's rights and the restrictive policies on top.
    if (!present.has("viewer_role")) await client.query("GRANT app_role TO viewer_role");
    const password = client.escapeLiteral(loginPassword);
    await client.query(`${present.has(LOGIN) ? "ALTER" : "CREATE"} ROLE ${LOGIN} LOGIN NOINHERIT PASSWORD ${password}`);
    await client.query(`GRANT ${ROLES.join(", ")} TO ${LOGIN}`);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    throw new Error(
      `The database user may not create roles. Run this once as an administrator, then start again:\n\n${rolesSql("<the password that start printed>")}\n`,
      { cause },
    );
  }
  const { rows } = await client.query<{ database: string }>("select current_database() as database");
  const database = client.escapeIdentifier(rows[0]?.database ?? "postgres");
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${LOGIN}`);
  await client.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
  await client.query(`GRANT USAGE ON SCHEMA public TO ${[...ROLES, LOGIN].join(", ")}`);
}

async function applyMigrations(client: pg.Client, folder: string): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
    logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)`);
  const { rows } = await client.query<{ migration_name: string }>(
    "select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const done = new Set(rows.map((row) => row.migration_name));
  const present = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const unknown = [...done].filter((name) => !present.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `This database belongs to a newer release (it has ${unknown[0]}). Start that release, or restore a backup made with this one.`,
    );

  const applied: string[] = [];
  for (const name of present.filter((entry) => !done.has(entry))) {
    const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
    try {
      await client.query("begin");
      await client.query("set local lock_timeout = '5s'");
      await client.query(sql);
      await client.query(
        "insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)",
        [randomUUID(), createHash("sha256").update(sql).digest("hex"), name],
      );
      await client.query("commit");
      applied.push(name);
    } catch (cause) {
      await client.query("rollback");
      throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  return applied;
}

function asLogin(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = LOGIN;
  url.password = password;
  return url.toString();
}
