import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";

/**
 * Gives this test file its own database, cloned from the migrated template, and points the product's own connections
 * (as the unprivileged login) at it. Call it once at the top level of a `*.int.test.ts` file:
 *
 *     const database = await testDatabase();
 */
export async function testDatabase(): Promise<{ name: string; runtimeUrl: string; ownerUrl: string; owner: pg.Client }> {
  const base = new URL(inject("ownerUrl"));
  const name = `t_${randomBytes(6).toString("hex")}`;
  await cloneTemplate(base, name);
  const ownerUrl = withDatabase(base, name);
  const runtime = new URL(ownerUrl);
  runtime.username = "leadwright_login";
  runtime.password = "test";
  env.DATABASE_URL = runtime.toString();
  env.APP_SECRET ??= "a test secret that is long enough to be one";

  const owner = new pg.Client({ connectionString: ownerUrl });
  owner.on("error", () => {});
  await owner.connect();
  afterAll(async () => {
    await closeDatabase();
    await owner.end();
    const admin = new pg.Client({ connectionString: base.toString() });
    await admin.connect();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  });
  return { name, runtimeUrl: runtime.toString(), ownerUrl, owner };
}

async function cloneTemplate(base: URL, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: base.toString() });
  await admin.connect();
  try {
    // One clone at a time: Postgres refuses to copy a template that another session is copying.
    await admin.query("select pg_advisory_lock(4242)");
    await admin.query(`create database ${name} template ${inject("template")} strategy file_copy`);
  } finally {
    await admin.end();
  }
}

function withDatabase(base: URL, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.toString();
}
