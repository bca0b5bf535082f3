import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { freePort } from "../../bin/lib/postgres.mjs";

const { ownerUrl } = await testDatabase();

function startWorker(env: Record<string, string>) {
  const child = spawn(process.execPath, ["bin/leadwright.mjs", "start", "worker"], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      LOG_LEVEL: "info",
      APP_SECRET: "the secret of one container of two",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  return { child, ended: once(child, "exit").then(([code]) => code as number | null), said: () => said };
}

it("the worker starts without web, says that it is well, and ends on SIGTERM", { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "leadwright-part-"));
  const port = String(await freePort());
  const worker = startWorker({ DATABASE_URL: ownerUrl, DATA_DIR: dataDir, WORKER_PORT: port });
  try {
    await expect
      .poll(
        async () => {
          if (worker.child.exitCode !== null) throw new Error(worker.said());
          return (await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.status;
        },
        { timeout: 45_000 },
      )
      .toBe(200);
    const asked = spawn(process.execPath, ["bin/lib/healthy.mjs"], {
      env: { NODE_ENV: "production", PORT: String(await freePort()), WORKER_PORT: port },
    });
    expect((await once(asked, "exit"))[0]).toBe(0);
    worker.child.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
    expect(worker.said()).not.toContain(ownerUrl);
  } finally {
    worker.child.kill("SIGKILL");
    await worker.ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
});

const INNGEST = { INNGEST_EVENT_KEY: "0123456789abcdef", INNGEST_BASE_URL: "http://127.0.0.1:1" };

it("with an Inngest elsewhere, its door opens to signed calls only", { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "leadwright-part-"));
  const port = String(await freePort());
  const signed = { ...INNGEST, INNGEST_SIGNING_KEY: "0123456789abcdef0123456789abcdef" };
  const worker = startWorker({ DATABASE_URL: ownerUrl, DATA_DIR: dataDir, WORKER_PORT: port, ...signed });
  const call = (headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}/api/inngest?fnId=leadwright-sweep&stepId=step`, { method: "POST", body: "{}", headers }).then(
      (answer) => answer.status,
      () => null,
    );
  try {
    await expect.poll(() => call(), { timeout: 45_000 }).toBe(401);
    expect(await call({ "x-inngest-signature": `t=${Math.floor(Date.now() / 1_000)}&s=${"0".repeat(64)}` })).toBe(401);
  } finally {
    worker.child.kill("SIGKILL");
    await worker.ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it("without a signing key it does not listen beyond this machine, and says so", { timeout: 60_000 }, async () => {
  const worker = startWorker({ DATABASE_URL: ownerUrl, WORKER_HOST: "0.0.0.0", ...INNGEST });
  expect(await worker.ended).toBe(1);
  expect(worker.said()).toContain("beyond this machine the worker listens only with INNGEST_SIGNING_KEY");
});

it("two parts that would each make a secret of their own are refused", async () => {
  const worker = startWorker({ DATABASE_URL: ownerUrl, APP_SECRET: "" });
  expect(await worker.ended).toBe(2);
  expect(worker.said()).toContain("APP_SECRET is not set. Web and worker apart need the same database and the same secret.");
});
