import { execFile, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { availableParallelism } from "node:os";
import { parseArgs, promisify } from "node:util";
import { freePort } from "../bin/lib/postgres.mjs";
import { scratchFolder } from "../bin/lib/scratch.mjs";

// A hundred people open a page at the same moment: the built product over HTTP, signed in, a pretend workspace after a week. The yardstick
// is the same hundred opening a page that reads nothing: what the framework costs. Measured twice: of an instance that has just started,
// and of one that has answered as many pages as a morning brings.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: { json: { type: "boolean" }, rows: { type: "string", default: "100" }, runs: { type: "string", default: "5" } },
});
const [AT_ONCE, RUNS] = [Number(values.rows), Number(values.runs)];
if (![AT_ONCE, RUNS].every((number) => Number.isInteger(number) && number > 0)) {
  console.error("Usage: bench pages [--rows 100] [--runs 5] [--json]");
  process.exit(2);
}
const PAGES_OF_A_MORNING = 3_000;
/** So many at a time, between the two measurements. */
const ORDINARY = 20;
const PAGES = ["/today", "/inbox", "/leads", "/campaigns", "/meetings", "/deals", "/reports"];
const PASSWORD = "correct horse battery";

const dataDir = scratchFolder("pages");
const port = await freePort();
const base = `http://localhost:${port}`;
const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), DATABASE_URL: "", APP_URL: "", LOG_LEVEL: "warn" };
const product = spawn(process.execPath, ["bin/leadwright.mjs", "start"], { env, stdio: ["ignore", "pipe", "inherit"] });
const ended = new Promise((resolve) => product.once("exit", resolve));

type Load = { status: number; ms: number };

async function admin<T>(...words: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, ["bin/leadwright.mjs", "admin", ...words, "--json"], { env });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T;
}

/** The session as a browser gets it: the token of the form, then the form. */
async function signIn(email: string): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair);
    }
  };
  const first = await fetch(`${base}/api/auth/csrf`);
  keep(first);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, password: PASSWORD, json: "true" });
  const headers = { cookie: [...jar.values()].join("; "), origin: base };
  keep(await fetch(`${base}/api/auth/callback/credentials`, { method: "POST", body, headers, redirect: "manual" }));
  return [...jar.values()].join("; ");
}

/**
 * What a browser asks, up to the last byte; its connections stay open as a browser's do. What it does with the bytes happens on another
 * machine, and is not done here: client and product share the cores.
 */
const agent = new Agent({ keepAlive: true });
function load(path: string, cookie: string): Promise<Load> {
  const began = performance.now();
  const headers = { cookie, accept: "text/html", "accept-encoding": "gzip, deflate, br" };
  return new Promise((resolve, reject) => {
    const request = get(`${base}${path}`, { agent, headers }, (response) => {
      response.once("end", () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - began }));
      response.once("error", reject).resume();
    });
    request.once("error", reject);
  });
}

const atOnce = (paths: readonly string[], cookie: string, many = AT_ONCE): Promise<Load[]> =>
  Promise.all(Array.from({ length: many }, (_, index) => load(paths[index % paths.length] ?? "/", cookie)));

/** The rounds of one state of the instance: ours and the yardstick's take turns. `clientMs`: what asking costs of the same two cores. */
async function measure(cookie: string) {
  const [ours, floor]: [Load[], Load[]] = [[], []];
  const before = process.cpuUsage();
  for (let run = 0; run < RUNS; run++) {
    floor.push(...(await atOnce(["/sign-in"], "")));
    ours.push(...(await atOnce(PAGES, cookie)));
  }
  const { user, system } = process.cpuUsage(before);
  return { ours: said(ours), floor: said(floor), clientMs: Number(((user + system) / 1000 / (ours.length + floor.length)).toFixed(2)) };
}

function said(loads: readonly Load[]) {
  return { p95Ms: percentile(loads, 0.95), p50Ms: percentile(loads, 0.5), errors: loads.filter((one) => one.status !== 200).length };
}

/** The most that one of the product's processes ever held, from /proc: Postgres, the worker and the web processes are below the supervisor. */
function peakOfLargest(parent: number): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  const peaks = children.map((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return Math.max(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024, peakOfLargest(pid));
    } catch {
      return 0; // It has ended meanwhile.
    }
  });
  return Math.round(Math.max(0, ...peaks));
}

function percentile(loads: readonly Load[], share: number): number {
  const sorted = loads.map((one) => one.ms).toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0);
}

try {
  await new Promise<void>((resolve, reject) => {
    product.once("exit", (code) => reject(new Error(`The product ended with ${code}.`)));
    product.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("claim?token=")) resolve();
    });
  });
  const email = "ines@acme.example";
  const owner = ["--owner-email", email, "--owner-password", PASSWORD];
  const { slug } = await admin<{ slug: string }>("create-workspace", "--name", "Acme", ...owner, "--sandbox");
  const { key } = await admin<{ key: string }>("create-api-key", "--workspace", slug, "--name", "bench", "--scopes", "*");
  const week = await fetch(`${base}/api/v1/sandbox/run`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ days: 7, start: true }),
  });
  if (!week.ok) throw new Error(`The week did not pass: ${week.status} ${await week.text()}`);
  const cookie = await signIn(email);
  // Every page a few times in each web process (they take turns by connection), so that nothing is read from the disk for the first time.
  for (const page of [...PAGES, "/sign-in"]) await Promise.all(Array.from({ length: 4 }, () => load(page, cookie)));
  const cold = await measure(cookie);
  for (let asked = 0; asked < PAGES_OF_A_MORNING; asked += ORDINARY) await atOnce(PAGES, cookie, ORDINARY);
  const warm = await measure(cookie);
  const line = {
    name: "pages",
    rows: AT_ONCE,
    ours: { ...warm.ours, when: `after ${PAGES_OF_A_MORNING} pages` },
    yardstick: { ...warm.floor, what: "a page that reads nothing" },
    ratio: Number((warm.floor.p95Ms / warm.ours.p95Ms).toFixed(3)),
    cold: { ours: cold.ours, yardstick: cold.floor, when: "just started" },
    unit: "ms until the whole page is here, so many at once",
    clientMsPerPage: warm.clientMs,
    peakRssMb: peakOfLargest(product.pid ?? 0),
    cores: availableParallelism(),
    runs: RUNS,
  };
  console.log(values.json ? JSON.stringify(line) : JSON.stringify(line, null, 2));
} finally {
  agent.destroy();
  product.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
