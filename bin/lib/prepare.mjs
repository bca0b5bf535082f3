// Everything between a fresh clone and a runnable tree: packages, the right Node, the Prisma client, the build.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const WANTED_NODE = 24;
/** npm alone waits for minutes where there is no network at all. */
const PATIENCE = ["--prefer-offline", "--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-factor=2"];

/** A failure that we can explain: the message says what to do. */
export class Trouble extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs `work`, saying what it does and how long it took. */
export async function step(what, work) {
  const began = Date.now();
  process.stdout.write(`  ${what} … `);
  try {
    const result = await work();
    console.log(`${((Date.now() - began) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log("failed");
    throw error;
  }
}

export async function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Trouble(`Leadwright needs Node 20.19 or newer to start; this is ${process.versions.node}.`);
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  const mark = join(ROOT, "node_modules/.leadwright-lock");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  await step("Installing packages", async () => {
    const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...PATIENCE], { quiet: true });
    if (code !== 0) throw new Trouble(explainInstall(output));
  });
  writeFileSync(mark, lock);
}

function explainInstall(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(output))
    return "The packages are not installed and the npm registry cannot be reached. Connect to the network once and start again.";
  if (/ENOSPC/.test(output)) return "The disk is full: installing needs about 1.5 GB. Free some space and start again.";
  if (/EACCES|EPERM|EROFS/.test(output)) return unwritableClone();
  return `Installing failed:\n${output.trim().split("\n").slice(-15).join("\n")}`;
}

const unwritableClone = () => `This folder cannot be written to: ${ROOT}. Change its owner, or clone where you may write.`;

/** On an older Node, does the rest on the packaged one and resolves to its exit code; null when this is it already. */
export async function continueOnPackagedNode() {
  if (Number(process.versions.node.split(".")[0]) >= WANTED_NODE) return null;
  const packaged = packagedNode();
  if (!packaged)
    throw new Trouble(
      `There is no packaged Node ${WANTED_NODE} for ${process.platform}-${process.arch}. Install Node ${WANTED_NODE} and start again.`,
    );
  return runNode([fileURLToPath(new URL("../leadwright.mjs", import.meta.url)), ...process.argv.slice(2)], { command: packaged });
}

function packagedNode() {
  const candidates = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  return candidates.map((name) => join(ROOT, "node_modules", name, "bin/node")).find((path) => existsSync(path)) ?? null;
}

export async function ensureGenerated({ force = false } = {}) {
  const made = join(ROOT, "server/generated/prisma/client.ts");
  if (!force && existsSync(made) && statSync(made).mtimeMs >= newest(["prisma/schema"])) return;
  await step("Generating the database client", async () => {
    // Generating needs no schema engine, but looks for one: any existing file keeps it from downloading.
    const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
    const { code, output } = await run(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--schema", "prisma/schema"], {
      quiet: true,
      env,
    });
    if (/EACCES|EPERM|EROFS/.test(output)) throw new Trouble(unwritableClone());
    if (code !== 0) throw new Trouble(`The database client could not be generated:\n${output.trim()}`);
  });
}

const SOURCES = [
  "app",
  "components",
  "server",
  "prisma/schema",
  "proxy.ts",
  "next.config.ts",
  "tailwind.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

export async function ensureBuilt() {
  const id = join(ROOT, ".next/BUILD_ID");
  if (existsSync(id) && statSync(id).mtimeMs >= newest(SOURCES)) return;
  await step("Building", async () => {
    const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const { code, output } = await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { quiet: true, env });
    if (code === 0) return;
    if (/ENOSPC/.test(output)) throw new Trouble("The disk is full: building needs about 500 MB. Free some space and start again.");
    if (/EACCES|EPERM|EROFS|not writeable/.test(output)) throw new Trouble(unwritableClone());
    throw new Trouble(`The build failed:\n${output.trim().split("\n").slice(-40).join("\n")}`);
  });
}

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const full = join(ROOT, path);
    if (!existsSync(full)) continue;
    const entries = statSync(full).isDirectory() ? readdirSync(full, { recursive: true, withFileTypes: true }) : null;
    if (!entries) latest = Math.max(latest, statSync(full).mtimeMs);
    for (const entry of entries ?? []) {
      // A test that changed does not change the build.
      if (!entry.isFile() || entry.parentPath.includes("generated") || /\.test\.tsx?$/.test(entry.name)) continue;
      latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
    }
  }
  return latest;
}

/** Runs a Node program in the foreground, passing signals on; resolves to its exit code. */
export function runNode(args, { env = {}, command = process.execPath } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
    // In a terminal the child gets Ctrl-C itself; a second one from here would cut its drain short.
    const forward = () => child.kill("SIGTERM");
    const wait = () => {};
    process.on("SIGTERM", forward).on("SIGINT", wait);
    child.once("exit", (code, signal) => {
      process.off("SIGTERM", forward).off("SIGINT", wait);
      done(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

export function run(command, args, { quiet = false, env = {}, input } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: [input === undefined ? "ignore" : "pipe", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      env: { ...process.env, ...env },
    });
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", (error) => done({ code: 127, output: String(error) }));
    child.once("close", (code) => done({ code: code ?? 1, output }));
    if (input !== undefined) child.stdin.end(input);
  });
}

/** What a new database needs at first, and below what an old one cannot even recover. */
const [FIRST_BYTES, LEAST_BYTES] = [200 * 2 ** 20, 16 * 2 ** 20];

export function ensureFolder(path, { isFirst = false } = {}) {
  try {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, ".write-test"), "x");
    rmSync(join(path, ".write-test"));
  } catch (error) {
    if (error.code === "ENOSPC") throw new Trouble(fullFolder(path));
    throw new Trouble(
      `The data folder ${path} cannot be written to (${error.code}). Change its owner, or set DATA_DIR to a folder of yours.`,
    );
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < (isFirst ? FIRST_BYTES : LEAST_BYTES)) throw new Trouble(fullFolder(path, bavail * bsize, isFirst));
}

function fullFolder(path, free = 0, isFirst = false) {
  const left = `${Math.floor(free / 2 ** 20)} MB are left for ${path}${isFirst ? ", and a new database needs 200" : ""}`;
  return `The disk is full: ${left}. Free some space and start again, or set DATA_DIR to a folder on another disk.`;
}
