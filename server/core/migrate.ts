import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { AppError } from "./errors.ts";
import { asLogin, ensureRoles } from "./roles.ts";

const LOCK = 7_346_021;
const OLDEST_SERVER = 15;
const LOCK_NOT_AVAILABLE = "55P03";
const MOST_ATTEMPTS = 6;

/**
 * Brings a database to this release: roles, then every plain-SQL migration that was not applied, each in its own
 * transaction, under an advisory lock so that two starting processes take turns. Keeps Prisma's own table.
 * @returns the connection string of the unprivileged login that web and worker use.
 */
export async function migrateDatabase(options: {
  ownerUrl: string;
  loginPassword: string;
  folder?: string;
  /** These alone: for a backup that was made by an earlier release. */
  only?: readonly string[];
}): Promise<{ runtimeUrl: string; applied: string[] }> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await refuseOldServer(client);
    // What is refused is refused before anything is changed.
    const all = await listMissing(client, options.folder ?? join(process.cwd(), "prisma/migrations"));
    const missing = options.only ? all.filter(({ name }) => options.only?.includes(name)) : all;
    const login = await ensureRoles(client, options);
    await applyMigrations(client, missing);
    return { runtimeUrl: asLogin(options.ownerUrl, login, options.loginPassword), applied: missing.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  const version = rows[0]?.version ?? "";
  if (Number.parseInt(version, 10) < OLDEST_SERVER)
    throw new AppError("INVALID_STATE", `Leadwright needs Postgres ${OLDEST_SERVER} or newer; the one in DATABASE_URL is ${version}.`);
}

type Migration = { name: string; file: string };

/** @throws when the database has migrations that this release does not know. */
async function listMissing(client: pg.Client, folder: string): Promise<Migration[]> {
  const { rows: kept } = await client.query<{ exists: boolean }>("select to_regclass('public._prisma_migrations') is not null as exists");
  const { rows } = kept[0]?.exists
    ? await client.query<{ migration_name: string }>(
        "select migration_name from public._prisma_migrations where finished_at is not null and rolled_back_at is null",
      )
    : { rows: [] };
  const done = new Set(rows.map((row) => row.migration_name));
  const present = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const unknown = [...done].filter((name) => !present.includes(name));
  if (unknown.length > 0)
    throw new AppError(
      "INVALID_STATE",
      `This database belongs to a newer release (it has ${unknown[0]}). Start that release, or restore a backup made with this one.`,
    );
  return present.filter((name) => !done.has(name)).map((name) => ({ name, file: join(folder, name, "migration.sql") }));
}

async function applyMigrations(client: pg.Client, missing: readonly Migration[]): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
    logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)`);
  for (const { name, file } of missing) {
    const sql = readFileSync(file, "utf8");
    for (let attempt = 1; !(await applyOne(client, name, sql, attempt)); attempt += 1) await pause(attempt * 1_000);
  }
}

/** @returns false when a lock could not be had in time, which is worth another attempt. */
async function applyOne(client: pg.Client, name: string, sql: string, attempt: number): Promise<boolean> {
  try {
    await client.query("begin");
    await client.query("set local lock_timeout = '5s'");
    await client.query(sql);
    await client.query(
      "insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)",
      [randomUUID(), createHash("sha256").update(sql).digest("hex"), name],
    );
    await client.query("commit");
    return true;
  } catch (cause) {
    await client.query("rollback").catch(() => undefined);
    if ((cause as { code?: unknown }).code === LOCK_NOT_AVAILABLE && attempt < MOST_ATTEMPTS) return false;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("INVALID_STATE", `Migration ${name} failed and changed nothing: ${said}`, { cause });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
