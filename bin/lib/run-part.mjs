// Web or worker alone, for containers: one process a container, the database elsewhere, restarts by whoever runs the container.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { claimLink, dataDir, openDatabase } from "./instance.mjs";
import { ensureFolder, ROOT, Trouble } from "./prepare.mjs";
import { WEB_FLAGS } from "./web-flags.mjs";
import { WORKER_ENV, WORKER_FLAGS } from "./worker-flags.mjs";

const PARTS = {
  web: {
    preloads: ["./bin/lib/end-with-parent.mjs", "./bin/lib/web-requests.mjs"],
    flags: WEB_FLAGS,
    settings: {},
    built: ".next/BUILD_ID",
  },
  worker: {
    preloads: ["./bin/lib/end-with-parent.mjs"],
    flags: WORKER_FLAGS,
    settings: WORKER_ENV,
    built: "server/generated/prisma/client.ts",
  },
};
const DRAIN_MS = 9_000;

export async function runPart(name) {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (!part) throw new Trouble(`There is no part named "${name}". Usage: npm start [-- web | worker]`, 2);
  if (!existsSync(join(ROOT, part.built)))
    throw new Trouble("Build first: npm start builds and starts everything; `node bin/leadwright.mjs build` only builds.");
  // Two parts that each made their own could not read each other's.
  for (const setting of ["DATABASE_URL", "APP_SECRET"])
    if (!process.env[setting])
      throw new Trouble(`${setting} is not set. Web and worker apart need the same database and the same secret.`, 2);
  ensureFolder(dataDir());

  const { env: database, ownerUrl } = await openDatabase();
  const port = String(process.env.PORT || 3000);
  const address = process.env.APP_URL?.replace(/\/$/, "") || `http://localhost:${port}`;
  const env = {
    ...part.settings,
    ...process.env,
    ...database,
    PORT: port,
    PROCESS_KIND: name === "web" ? "web" : "",
    NODE_ENV: "production",
    LEADWRIGHT_SUPERVISOR: String(process.pid),
    NEXTAUTH_URL: address,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const program = name === "web" ? ["node_modules/next/dist/bin/next", "start", "-p", port] : ["server/worker.ts"];
  const child = spawn(process.execPath, [...part.flags, ...part.preloads.flatMap((file) => ["--import", file]), ...program], {
    cwd: ROOT,
    env,
    stdio: "inherit",
  });
  const end = () => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), DRAIN_MS).unref();
  };
  process.on("SIGTERM", end).on("SIGINT", end);
  const ended = new Promise((done) => child.once("exit", (code) => done(code ?? 1)));
  const link = name === "web" ? await claimLink(ownerUrl, address) : null;
  if (link) console.log(`Nobody has claimed this instance yet. Open this one-time link to make it yours:\n  ${link}`);
  return ended;
}
