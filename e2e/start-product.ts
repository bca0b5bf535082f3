import { spawn } from "node:child_process";
import { createWriteStream, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../bin/lib/postgres.mjs";
import { scratchFolder } from "../bin/lib/scratch.mjs";

/** Starts the product as a newcomer does, on its own folder and port, and leaves its address and claim link for the tests. */
export default async function startProduct(): Promise<() => Promise<void>> {
  // A product that runs already, for somebody who writes a test: E2E_BASE_URL, E2E_DATA_DIR and, for the claim, E2E_CLAIM_LINK.
  if (process.env.E2E_BASE_URL) return async () => {};
  const dataDir = scratchFolder("e2e");
  const port = await freePort();
  const product = spawn(process.execPath, ["bin/leadwright.mjs", "start"], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      DATABASE_URL: "",
      APP_URL: "",
      OPENAI_API_KEY: "",
      ALLOW_LOOPBACK_MAIL: "1",
      LOG_LEVEL: "debug",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // All that it says, for e2e/logs.spec.ts.
  const logFile = join(dataDir, "said.log");
  const log = createWriteStream(logFile);
  product.stdout.pipe(log, { end: false });
  product.stderr.pipe(log, { end: false });
  let said = "";
  const claimLink = await new Promise<string>((done, fail) => {
    const late = setTimeout(() => fail(new Error(`The product did not start in 5 minutes:\n${said}`)), 300_000);
    product.once("exit", (code) => fail(new Error(`The product ended with ${code}:\n${said}`)));
    product.stderr.on("data", (chunk: Buffer) => {
      if (!process.env.E2E_BASE_URL) said += chunk.toString();
    });
    product.stdout.on("data", (chunk: Buffer) => {
      if (process.env.E2E_BASE_URL) return;
      said += chunk.toString();
      const link = said.match(/https?:\/\/\S+\/claim\?token=\S+/)?.[0];
      if (!link) return;
      clearTimeout(late);
      done(link);
    });
  });
  process.env.E2E_BASE_URL = `http://localhost:${port}`;
  process.env.E2E_DATA_DIR = dataDir;
  process.env.E2E_LOG_FILE = logFile;
  process.env.E2E_CLAIM_LINK = claimLink;
  writeFileSync(join(dataDir, "e2e-claim-link"), claimLink);
  return async () => {
    const ended = new Promise((done) => product.once("exit", done));
    product.kill("SIGTERM");
    await ended;
    log.end();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
