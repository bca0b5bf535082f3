import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, inject, it } from "vitest";
import { migrateDatabase } from "./migrate.ts";

const name = `roles_${randomBytes(4).toString("hex")}`;
const adminUrl = inject("ownerUrl");
const admin = new pg.Client({ connectionString: adminUrl });
await admin.connect();
await admin.query(`create role ${name} login nocreaterole password 'x'`);
await admin.query(`create database ${name} owner ${name}`);
const plainUrl = Object.assign(new URL(adminUrl), { username: name, password: "x", pathname: `/${name}` }).toString();

afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`);
  const { rows } = await admin.query<{ rolname: string }>("select rolname from pg_roles where rolname like 'leadwright_login_%'");
  for (const { rolname } of rows) await admin.query(`drop role if exists ${rolname}`);
  await admin.query(`drop role ${name}`);
  await admin.end();
});

describe("a single DATABASE_URL whose user may not create roles", () => {
  it("prints the SQL for an administrator, which is all that is needed", async () => {
    const refusal = await migrateDatabase({ ownerUrl: plainUrl, loginPassword: "test" }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/may not do all that Leadwright needs once\. Run this as an administrator/);
    const sql = String(refusal).split("\n\n")[1] ?? "";
    expect(sql).not.toContain("'test'");
    await admin.query(sql);

    const { runtimeUrl, applied } = await migrateDatabase({ ownerUrl: plainUrl, loginPassword: "test" });
    expect(applied.length).toBeGreaterThan(10);
    const login = new pg.Client({ connectionString: runtimeUrl });
    await login.connect();
    // The login owns nothing: without a role it reads nothing.
    await expect(login.query("select 1 from workspaces")).rejects.toThrow(/permission denied/);
    await login.query("begin; set local role app_role");
    expect((await login.query("select 1 from workspaces")).rows).toEqual([]);
    await login.end();
  });

  it("leaves the login of another instance in the same cluster alone", async () => {
    const own = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
    const { runtimeUrl } = await migrateDatabase({ ownerUrl: own, loginPassword: "another instance's" });
    expect(new URL(runtimeUrl).username).toMatch(/^leadwright_login_[0-9a-f]{8}$/);
    for (const [username, password] of [
      ["leadwright_login", "test"],
      [new URL(runtimeUrl).username, "another instance's"],
    ] as const) {
      const login = new pg.Client({ connectionString: Object.assign(new URL(own), { username, password }).toString() });
      await login.connect();
      await login.end();
    }
  });
});
