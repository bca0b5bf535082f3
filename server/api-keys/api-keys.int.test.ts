import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Permission, permissions } from "#server/auth/constants.ts";
import { findKeyHolder } from "#server/auth/queries.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { handleRest } from "#server/trpc/rest.ts";
import { createApiKey, rotateApiKey, withdrawApiKey } from "./commands.ts";
import { listApiKeys } from "./queries.ts";

const { owner } = await testDatabase();
const CANARY = `canary${randomBytes(5).toString("hex")}`;
let acme: TestWorkspace;
let other: TestWorkspace;
let key: string;
let otherKey: string;

const make = (workspace: TestWorkspace, scopes: (Permission | "*")[] = ["*"]) =>
  workspace.run((tx) => createApiKey(tx, { name: "CI", scopes, validDays: 365, actorId: workspace.userId, realNow: new Date() }));
const call = (headers: Record<string, string>, path = "/leads") => handleRest(new Request(`http://localhost/api/v1${path}`, { headers }));

beforeAll(async () => {
  [acme, other] = [await testWorkspace(), await testWorkspace()];
  await testLead(acme, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
  await testLead(other, { fullName: `Secret ${CANARY}`, email: `${CANARY}@norvale.example` });
  ({ key } = await make(acme));
  ({ key: otherKey } = await make(other));
});

describe("an API key", () => {
  it("is replaced by one with the same rights; the old one works until the overlap ends", async () => {
    const { id, key: old } = await make(acme, ["leads:read"]);
    const rotate = (overlapHours: number) =>
      acme.run((tx) => rotateApiKey(tx, { id, overlapHours, actorId: acme.userId, realNow: new Date() }));
    const fresh = await rotate(24);
    expect(await findKeyHolder(old)).toMatchObject({ scopes: ["leads:read"] });
    expect(await findKeyHolder(fresh.key)).toMatchObject({ scopes: ["leads:read"], workspaceId: acme.id });
    expect((await acme.run(listApiKeys)).find((each) => each.id === id)).toMatchObject({ isReplaced: true, expiresAt: fresh.oldEndsAt });
    await expect(rotate(24)).rejects.toMatchObject({ code: "CONFLICT" });
    await owner.query("update api_keys set expires_at = now() - interval '1 second' where id = $1", [id]);
    expect(await findKeyHolder(old)).toBeNull();
    expect(await findKeyHolder(fresh.key)).not.toBeNull();
    await expect(rotate(1)).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  it("never lives longer by being replaced, and stops at once when wanted", async () => {
    const { id, key: old } = await make(acme);
    const soon = new Date(Date.now() + 3_600_000);
    await owner.query("update api_keys set expires_at = $2 where id = $1", [id, soon]);
    const { oldEndsAt } = await acme.run((tx) => rotateApiKey(tx, { id, overlapHours: 24, actorId: acme.userId, realNow: new Date() }));
    expect(oldEndsAt).toEqual(soon);
    const second = await make(acme);
    await acme.run((tx) => rotateApiKey(tx, { id: second.id, overlapHours: 0, actorId: acme.userId, realNow: new Date() }));
    expect(await findKeyHolder(second.key)).toBeNull();
    expect(await findKeyHolder(old)).not.toBeNull();
  });

  it("says when it was last used, and is dead with the withdrawal, its maker's leaving and its maker's role", async () => {
    const { id, key: used } = await make(acme);
    expect((await call({ authorization: `Bearer ${used}` })).status).toBe(200);
    expect((await acme.run(listApiKeys)).find((each) => each.id === id)?.lastUsedAt).not.toBeNull();
    await owner.query("update members set role = 'viewer' where workspace_id = $1", [acme.id]);
    const write = () =>
      handleRest(
        new Request("http://localhost/api/v1/leads", {
          method: "POST",
          headers: { authorization: `Bearer ${used}`, "content-type": "application/json" },
          body: '{"fullName":"X Y"}',
        }),
      );
    expect((await write()).status).toBe(403);
    await owner.query("update members set role = 'owner' where workspace_id = $1", [acme.id]);
    await acme.run((tx) => withdrawApiKey(tx, { id, actorId: acme.userId }));
    expect((await call({ authorization: `Bearer ${used}` })).status).toBe(401);
  });

  it.each(permissions.filter((each) => each !== "leads:read"))("with only %s does not read people", async (scope) => {
    const { key: narrow } = await make(acme, [scope]);
    expect((await call({ authorization: `Bearer ${narrow}` })).status).toBe(403);
  });
});

/** Near misses of a real key, and anything else that a header can carry. */
const nearMiss = fc.oneof(
  fc.nat(60).map((at) => key.slice(0, at)),
  fc.nat(60).map((at) => `${key.slice(0, at)}x${key.slice(at + 1)}`),
  fc.constantFrom("", "lw_", "null", "undefined", "*", "%", "' or 1=1 --", "lw_".padEnd(9_000, "a")),
  fc.string({ maxLength: 200 }),
  fc.base64String({ maxLength: 200 }),
);
const scheme = fc.constantFrom("Bearer", "bearer", "BEARER", "Basic", "Token", "", "Bearer Bearer", "Digest", "lw");
const printable = (text: string) => text.replace(/[^\x21-\x7e]/g, "~");

describe("whatever Authorization and cookies say", () => {
  it("is refused in words, and shows nobody's data", async () => {
    await fc.assert(
      fc.asyncProperty(
        scheme,
        nearMiss,
        fc.string({ maxLength: 80 }),
        fc.constantFrom("/leads", "/deals", "/nothing", "/leads/export"),
        async (word, token, cookie, path) => {
          const value = `${word} ${printable(token)}`.trim();
          if (value.toLowerCase() === `bearer ${key}`.toLowerCase()) return;
          const response = await call(
            { authorization: value, cookie: `next-auth.session-token=${printable(cookie)}; leadwright-workspace=${other.id}` },
            path,
          );
          const text = await response.text();
          expect([401, 429], `${value} ${path}`).toContain(response.status);
          expect(text).not.toContain(CANARY);
          expect(text).not.toContain("Rossi");
          expect(JSON.parse(text)).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
        },
      ),
      { numRuns: 250 },
    );
  });

  it("opens one workspace only, whatever else names another", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("x-workspace", "workspace", "x-workspace-id", "cookie", "x-user-id", "x-forwarded-user", "host"),
        fc.constantFrom(other.id, other.userId, otherKey, `leadwright-workspace=${other.id}`),
        fc.constantFrom("/leads", "/leads?limit=1", `/leads?workspaceId=${other.id}`, "/leads?workspace=*"),
        async (name, value, path) => {
          const response = await call({ authorization: `Bearer ${key}`, [name]: value }, path);
          const text = await response.text();
          expect(response.status).toBe(200);
          expect(text).toContain("Rossi");
          expect(text).not.toContain(CANARY);
        },
      ),
      { numRuns: 60 },
    );
  });
});
