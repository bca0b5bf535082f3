import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, inject, it } from "vitest";
import { env } from "#server/core/env.ts";
import { rememberSecret } from "#server/core/fingerprint.ts";
import { migrateDatabase } from "#server/core/migrate.ts";
import { emptyNeighbour, portrait } from "#server/testing/backups.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testImport } from "#server/testing/imports.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { startPostgres } from "../../bin/lib/postgres.mjs";
import { restoreBackup } from "./commands/restore-backup.ts";
import { writeBackup } from "./commands/write-backup.ts";

const DEBIANS = "/usr/lib/postgresql/15";
const isInstalled = existsSync(`${DEBIANS}/bin/postgres`);
if (!isInstalled) process.stderr.write("Debian's Postgres 15 is not installed here: moving a backup to it was not tested.\n");

const database = await testDatabase();
const secret = env.APP_SECRET ?? "";
const migrations = readdirSync(join(process.cwd(), "prisma/migrations"));
const folder = mkdtempSync(join(tmpdir(), "leadwright-elsewhere-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const blobs = testBlobs();
await testImport(await testWorkspace(), { blobs }, "name,email\nNadia Rossi,nadia@norvale.example\n");
await rememberSecret(database.owner, secret);
const file = join(folder, "from-here.backup");
await writeBackup({ ownerUrl: database.ownerUrl, secret, blobs, file, now: new Date() });
const restore = (ownerUrl: string, from: string) =>
  restoreBackup({ ownerUrl, loginPassword: "test", secret, blobs: testBlobs(), file: from, migrations });

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {});
  await client.connect();
  return client;
};

describe("a backup moves", () => {
  it.skipIf(!isInstalled)("to Postgres 15, and back", { timeout: 90_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "leadwright-pg15-"));
    const there = await startPostgres({ dataDir, flags: ["-c", "fsync=off"], installation: DEBIANS });
    const back = await emptyNeighbour(database.ownerUrl);
    try {
      await restore(there.url("postgres"), file);
      const client = await connect(there.url("postgres"));
      expect((await portrait(client)).rows).toEqual((await portrait(database.owner)).rows);
      await client.end();
      const again = join(folder, "from-15.backup");
      await writeBackup({ ownerUrl: there.url("postgres"), secret, blobs, file: again, now: new Date() });
      await restore(back.ownerUrl, again);
      expect((await portrait(back.owner)).rows).toEqual((await portrait(database.owner)).rows);
    } finally {
      await back.close();
      await there.stop();
      for (const each of [there.cluster, dataDir]) rmSync(each, { recursive: true, force: true });
    }
  });

  it("between owners that are no superusers, who are under row security themselves", { timeout: 60_000 }, async () => {
    const admin = await connect(inject("ownerUrl"));
    const ownerOf = async (): Promise<string> => {
      const name = `plain_${randomBytes(4).toString("hex")}`;
      await admin.query(`create role ${name} login password 'x'`);
      await admin.query(`create database ${name} owner ${name}`);
      const url = Object.assign(new URL(inject("ownerUrl")), { username: name, password: "x", pathname: `/${name}` }).toString();
      const refusal = await migrateDatabase({ ownerUrl: url, loginPassword: "test" }).catch((error: Error) => error.message);
      await admin.query(String(refusal).split("\n\n")[1] ?? "");
      return url;
    };
    const [first, second] = [await ownerOf(), await ownerOf()];
    await restore(first, file);
    const again = join(folder, "from-plain.backup");
    const made = await writeBackup({ ownerUrl: first, secret, blobs, file: again, now: new Date() });
    expect(made.rows).toBeGreaterThan(10);
    await restore(second, again);
    const asSuperuser = Object.assign(new URL(inject("ownerUrl")), { pathname: new URL(second).pathname }).toString();
    const client = await connect(asSuperuser);
    const [here, there] = [await portrait(database.owner), await portrait(client)];
    expect(there.rows).toEqual(here.rows);
    const security = (lines: string[]) => lines.filter((line) => line.startsWith("security "));
    expect(security(there.definitions)).toEqual(security(here.definitions));
    await client.end();
    await admin.end();
  });
});
