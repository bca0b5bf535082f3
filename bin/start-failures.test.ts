import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "leadwright-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `admin` opens the database as `start` does, and needs no build. */
function admin(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["bin/leadwright.mjs", "admin", "--", "create-workspace"], {
      env: { PATH: process.env.PATH ?? "", HOME: folder, DATA_DIR: join(folder, "data"), ...env },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    child.once("close", (code) => resolve({ code, said }));
  });
}

describe("a start that cannot work says why in a sentence, without a stack", () => {
  writeFileSync(join(folder, "a-file"), "");
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "private"), { mode: 0o700 });
  const [newer, closed] = [join(folder, "newer"), join(folder, "private/data")];
  for (const each of [newer, closed]) {
    mkdirSync(join(each, "postgres"), { recursive: true });
    chmodSync(join(each, "postgres"), 0o755);
    writeFileSync(join(each, "postgres/PG_VERSION"), "99\n");
    writeFileSync(join(each, "postgres-password"), "x");
  }

  it.each([
    ["a data folder that cannot be written to", { DATA_DIR: join(folder, "a-file/data") }, 1, /data folder .* cannot be written to/],
    [
      "a database made by a newer release",
      { DATA_DIR: newer },
      1,
      /was made by Postgres 99; this release brings \d+\. Start the newer release/,
    ],
    ["a database that its server may not read", { DATA_DIR: closed }, 1, /cannot be read by the user|was made by Postgres 99/],
    ["a database that does not answer", { DATABASE_URL: "postgres://x@127.0.0.1:1/x" }, 1, /DATABASE_URL does not answer/],
    ["an address that is none", { APP_URL: "nonsense" }, 2, /^\s*APP_URL: .* See \.env\.example\.$/m],
    ["a secret that is too short", { APP_SECRET: "short" }, 2, /^\s*APP_SECRET: must have at least 32 characters/m],
  ])("%s", { timeout: 30_000 }, async (_, env, code, sentence) => {
    const answer = await admin(env);
    expect(answer.said).toMatch(sentence);
    expect(answer.said).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(answer.code).toBe(code);
    // What cannot be used is never cleared away.
    expect([newer, closed].map((each) => existsSync(join(each, "postgres/PG_VERSION")))).toEqual([true, true]);
  });
});
