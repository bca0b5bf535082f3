import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../bin/lib/postgres.mjs";
import { migrateDatabase } from "../core/migrate.ts";
import { FORGETFUL } from "./cluster.ts";

const OWNER = { username: "somebody", password: "owner" };

/** Debian's Postgres, and a schema that belongs to an ordinary user who may create roles: what a DATABASE_URL often is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "leadwright-test15-"));
  const postgres = await startPostgres({ dataDir, flags: FORGETFUL, installation: "/usr/lib/postgresql/15" });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    for (const folder of [postgres.cluster, dataDir]) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const admin = new pg.Client({ connectionString: postgres.url("postgres") });
    await admin.connect();
    await admin.query(`create role ${OWNER.username} login createrole password '${OWNER.password}'`);
    await admin.query(`create database template_leadwright owner ${OWNER.username}`);
    await admin.end();
    const ownerUrl = Object.assign(new URL(postgres.url("template_leadwright")), OWNER).toString();
    await migrateDatabase({ ownerUrl, loginPassword: "test" });
    // The clones belong to the superuser who makes them; their schema stays this user's.
    const template = new pg.Client({ connectionString: postgres.url("template_leadwright") });
    await template.connect();
    await template.query(`grant create on schema public to ${OWNER.username}`);
    await template.end();
  } catch (error) {
    await stop();
    throw error;
  }
  // Tests look at rows as the superuser; the product's functions run as the ordinary owner all the same.
  project.provide("ownerUrl", postgres.url("postgres"));
  project.provide("template", "template_leadwright");
  return stop;
}
