import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../bin/lib/postgres.mjs";
import { migrateDatabase } from "../core/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    ownerUrl: string;
    template: string;
  }
}

/** Durability of the test cluster is not under test, except where a test kills Postgres: that one starts its own. */
export const FORGETFUL = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "wal_level=minimal",
  "max_wal_senders=0",
  "max_wal_size=4GB",
  "shared_buffers=256MB",
  "max_connections=200",
].flatMap((setting) => ["-c", setting]);

/** One cluster per run; one migrated template that every test file clones in a few hundredths of a second. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "leadwright-test-"));
  const postgres = await startPostgres({ dataDir, flags: FORGETFUL });
  const { default: pg } = await import("pg");
  const admin = new pg.Client({ connectionString: postgres.url("postgres") });
  await admin.connect();
  await admin.query("create database template_leadwright");
  await admin.end();
  try {
    await migrateDatabase({ ownerUrl: postgres.url("template_leadwright"), loginPassword: "test" });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide("ownerUrl", postgres.url("postgres"));
  project.provide("template", "template_leadwright");
  return async () => {
    await postgres.stop();
    for (const folder of [postgres.cluster, dataDir]) rmSync(folder, { recursive: true, force: true });
  };
}
