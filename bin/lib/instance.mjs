// One instance on one data folder: its lock, its secret, its database, its claim link.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { explain } from "./explain.mjs";
import { alive, startPostgres } from "./postgres.mjs";
import { ensureFolder, Trouble } from "./prepare.mjs";

export const dataDir = () => resolve(process.env.DATA_DIR || ".data");

/** Refuses a second instance on the same folder. A lock whose process is gone is taken over. */
export function lockDataDir(address) {
  const folder = dataDir();
  ensureFolder(folder, { isFirst: !process.env.DATABASE_URL && !existsSync(join(folder, "postgres-password")) });
  const file = join(folder, "instance.json");
  const holder = readJson(file);
  if (holder && holder.pid !== process.pid && isRunning(holder)) {
    throw new Trouble(
      `Leadwright runs on this data folder already (process ${holder.pid}, ${holder.address}). Stop that one first, or start this one with another DATA_DIR and PORT.`,
    );
  }
  writeJson(file, { pid: process.pid, startedAt: startOf(process.pid), address });
  return () => rmSync(file, { force: true });
}

/** Lets `admin` reach the database of a running instance. Readable by the same user only. */
export function publishRuntime(env) {
  const file = join(dataDir(), "runtime.json");
  writeJson(file, env);
  return () => rmSync(file, { force: true });
}

function isRunning(holder) {
  return alive(holder.pid) && startOf(holder.pid) === holder.startedAt;
}

/** Tells a process from a later one that got the same number. */
function startOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[19];
  } catch {
    return "unknown";
  }
}

export function readSecret() {
  if (process.env.APP_SECRET) return process.env.APP_SECRET;
  const file = join(dataDir(), "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** The secret that was first used here: what must never change (hashes of erased people, links in mails) hangs on it. */
export function readLastingSecret() {
  const file = join(dataDir(), "suppression-secret");
  return process.env.SUPPRESSION_SECRET || (existsSync(file) ? readFileSync(file, "utf8").trim() : readSecret());
}

/**
 * Starts what is needed of the database and brings it to this release. `isRotating`: while APP_SECRET is being changed.
 * @returns {Promise<{ env: Record<string, string>, ownerUrl: string, postgres: Awaited<ReturnType<typeof startPostgres>> | null }>}
 */
export async function openDatabase({ port, isRotating = false } = {}) {
  const [secret, lasting] = [readSecret(), readLastingSecret()];
  const postgres = process.env.DATABASE_URL ? null : await startPostgres({ dataDir: dataDir(), port });
  const ownerUrl = process.env.DATABASE_URL || postgres.url("postgres");
  try {
    const { migrateDatabase } = await import("../../server/core/migrate.ts");
    const { loginPasswordOf } = await import("../../server/core/roles.ts");
    const { refuseOtherSecret, rememberSecret } = await import("../../server/core/fingerprint.ts");
    await withClient(ownerUrl, (client) => refuseOtherSecret(client, secret, { lasting, isRotating }));
    const { runtimeUrl, applied } = await migrateDatabase({ ownerUrl, loginPassword: loginPasswordOf(secret) });
    await withClient(ownerUrl, (client) => rememberSecret(client, secret, lasting));
    const env = {
      DATABASE_URL: runtimeUrl,
      APP_SECRET: secret,
      DATA_DIR: dataDir(),
      ...(lasting !== secret && { SUPPRESSION_SECRET: lasting }),
    };
    return { env, ownerUrl, postgres, applied };
  } catch (error) {
    await postgres?.stop();
    throw explain(error, { dataDir: dataDir() });
  }
}

/** @returns a one-time link while nobody has claimed the instance, else null. Each start makes a new one. */
export async function claimLink(ownerUrl, address) {
  const token = randomBytes(24).toString("base64url");
  return withClient(ownerUrl, async (client) => {
    const { rowCount } = await client.query("update instance set claim_token_hash = $1 where id = 1 and claimed_at is null", [
      createHash("sha256").update(token).digest("hex"),
    ]);
    return rowCount ? `${address}/claim?token=${token}` : null;
  });
}

async function withClient(connectionString, work) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 15_000 });
  // A connection that is ended from the other side must not end this process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs `work` with the database of this folder: the running instance's, or one started for as long as it takes. */
export async function withDatabase(work) {
  const runtime = readJson(join(dataDir(), "runtime.json"));
  const holder = readJson(join(dataDir(), "instance.json"));
  if (runtime && holder && isRunning(holder)) return work(runtime);
  const unlock = lockDataDir("npm run admin");
  const database = await openDatabase();
  try {
    return await work({ ...database.env, MIGRATION_DATABASE_URL: database.ownerUrl });
  } finally {
    await database.postgres?.stop();
    unlock();
  }
}

/** For `restore`: the database as it is, not brought to this release, and nobody else on this folder. */
export async function withEmptyDatabase(work) {
  const unlock = lockDataDir("npm run admin");
  const [secret, lasting] = [readSecret(), readLastingSecret()];
  let postgres = null;
  try {
    postgres = process.env.DATABASE_URL ? null : await startPostgres({ dataDir: dataDir() });
    const ownerUrl = process.env.DATABASE_URL || postgres.url("postgres");
    return await work({
      MIGRATION_DATABASE_URL: ownerUrl,
      DATABASE_URL: ownerUrl,
      APP_SECRET: secret,
      DATA_DIR: dataDir(),
      ...(lasting !== secret && { SUPPRESSION_SECRET: lasting }),
    });
  } finally {
    await postgres?.stop();
    unlock();
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function writeJson(file, value) {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
