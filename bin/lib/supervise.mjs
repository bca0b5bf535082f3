// Postgres, web and worker as one: started in order, restarted when one dies, stopped together within ten seconds.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { explain } from "./explain.mjs";
import { claimLink, dataDir, lockDataDir, openDatabase, publishRuntime } from "./instance.mjs";
import { freePort, startPostgres } from "./postgres.mjs";
import { ROOT, step, Trouble } from "./prepare.mjs";
import { WORKER_ENV, WORKER_FLAGS } from "./worker-flags.mjs";

const DRAIN_MS = 8_000;

export async function supervise({ mode }) {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Trouble(`PORT: "${process.env.PORT}" is not a port number.`);
  const address = `http://localhost:${port}`;
  await refuseTakenPort(port);
  const unlock = lockDataDir(address);
  let unpublish = () => {};
  const children = new Map();
  let stopping = false;
  let postgres = null;
  let finish = () => {};
  const finished = new Promise((done) => {
    finish = done;
  });

  const stopAll = async (code) => {
    if (stopping) return;
    stopping = true;
    if (children.size > 0) console.log("\nStopping: letting running work finish …");
    await Promise.all([...children.values()].map(endChild));
    await postgres?.stop();
    unpublish();
    unlock();
    if (children.size > 0) console.log("Stopped.");
    finish(code);
  };
  process
    .on("SIGTERM", () => stopAll(0))
    .on("SIGINT", () => stopAll(0))
    .on("SIGHUP", () => stopAll(0));

  try {
    const database = await step(process.env.DATABASE_URL ? "Preparing the database" : "Starting the database", () => openDatabase());
    postgres = database.postgres;
    if (stopping) return postgres?.stop();
    if (postgres) keepPostgres(database);
    const workerPort = Number(process.env.WORKER_PORT) || (await freePort());
    const env = {
      ...process.env,
      ...database.env,
      PORT: String(port),
      WORKER_PORT: String(workerPort),
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: mode,
      LEADWRIGHT_SUPERVISOR: String(process.pid),
      NEXTAUTH_URL: process.env.APP_URL || address,
      NEXT_MANUAL_SIG_HANDLE: "",
    };
    unpublish = publishRuntime({ ...database.env, MIGRATION_DATABASE_URL: database.ownerUrl, WORKER_PORT: String(workerPort) });
    const web =
      mode === "production"
        ? ["bin/lib/web-processes.mjs", String(port)]
        : ["--import", "./bin/lib/web-requests.mjs", "node_modules/next/dist/bin/next", "dev", "-p", String(port)];
    await step("Starting web and worker", async () => {
      keep(
        "worker",
        mode === "production" ? ["server/worker.ts"] : ["--watch-path=server", "--watch-preserve-output", "server/worker.ts"],
        env,
      );
      keep("web", web, { ...env, PROCESS_KIND: "web" });
      await Promise.all([
        untilHealthy(`http://127.0.0.1:${port}/api/health/ready`, "web"),
        untilHealthy(`http://127.0.0.1:${workerPort}/health`, "worker"),
      ]);
    });
    if (stopping) return finished;
    const link = await claimLink(database.ownerUrl, process.env.APP_URL?.replace(/\/$/, "") || address);
    console.log(`\nLeadwright is ready: ${address}`);
    if (link) console.log(`Nobody has claimed this instance yet. Open this one-time link to make it yours:\n  ${link}`);
    console.log("Ctrl-C stops it.\n");
  } catch (error) {
    if (!stopping) {
      console.error(`\n${explain(error, { dataDir: dataDir() }).message}`);
      await stopAll(1);
    }
  }
  return finished;

  function keep(name, args, env, failures = 0) {
    const began = Date.now();
    const flags = ["--import", "./bin/lib/end-with-parent.mjs", ...(name === "worker" ? WORKER_FLAGS : [])];
    const child = spawn(process.execPath, [...flags, ...args], {
      cwd: ROOT,
      env: name === "worker" ? { ...WORKER_ENV, ...env } : env,
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
    });
    children.set(name, child);
    child.once("exit", (code, signal) => {
      if (stopping) return;
      const quick = Date.now() - began < 5_000;
      const waitMs = quick ? Math.min(10_000, 250 * 2 ** failures) : 100;
      console.error(`The ${name} process ended (${signal ?? code}); starting it again.`);
      setTimeout(() => {
        if (!stopping) keep(name, args, env, quick ? failures + 1 : 0);
      }, waitMs);
    });
  }

  function keepPostgres(database) {
    postgres.child.once("exit", async (code, signal) => {
      if (stopping) return;
      console.error(`The database process ended (${signal ?? code}); starting it again. Nothing committed was lost.`);
      for (let attempt = 0; !stopping; attempt += 1) {
        try {
          // The same port, so that web and worker find it again by themselves.
          postgres = await startPostgres({ dataDir: dataDir(), port: database.postgres.port });
          keepPostgres(database);
          return;
        } catch (error) {
          console.error(explain(error, { dataDir: dataDir(), isRunning: true }).message);
          await new Promise((done) => setTimeout(done, Math.min(10_000, 500 * 2 ** attempt)));
        }
      }
    });
  }

  async function untilHealthy(url, name) {
    for (let waited = 0; waited < 60_000 && !stopping; waited += 50) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    if (!stopping) throw new Trouble(`The ${name} process did not become ready within a minute. Its messages are above.`);
  }
}

function endChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    const late = setTimeout(() => child.kill("SIGKILL"), DRAIN_MS);
    child.once("exit", () => {
      clearTimeout(late);
      done();
    });
    child.kill("SIGTERM");
  });
}

function refuseTakenPort(port) {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EACCES")
        fail(new Trouble(`Port ${port} needs administrator rights. Start with another one: PORT=3000 npm start`));
      else fail(new Trouble(`Port ${port} is taken by another program. Stop it, or start with another one: PORT=${port + 1} npm start`));
    });
    probe.listen(port, () => probe.close(() => done()));
  });
}
