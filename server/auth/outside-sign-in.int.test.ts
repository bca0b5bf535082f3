import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env } from "#server/core/env.ts";
import { newId } from "#server/core/ids.ts";
import { invite } from "#server/teams/commands/invite.ts";
import { startAuthServer } from "#server/testing/auth-server.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type OidcFault, startOidcServer } from "#server/testing/oidc-server.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { acceptAsSignedIn } from "./commands.ts";
import { issuers } from "./outside-providers.ts";
import { readIntent, writeIntent } from "./outside-sign-in.ts";
import { findSignedIn } from "./queries.ts";

const { owner } = await testDatabase();
const TENANT = "0f0f0f0f-0000-4000-8000-00000000aaaa";
let google: Awaited<ReturnType<typeof startOidcServer>>;
let microsoft: typeof google;
let auth: Awaited<ReturnType<typeof startAuthServer>>;
let acme: TestWorkspace;
let email: string;

beforeAll(async () => {
  Object.assign(env, {
    AUTH_GOOGLE_ID: "lw",
    AUTH_GOOGLE_SECRET: "s3cret",
    AUTH_MICROSOFT_ID: "lw-ms",
    AUTH_MICROSOFT_SECRET: "s3cret",
    AUTH_MICROSOFT_TENANT: TENANT,
  });
  google = await startOidcServer({ clientId: "lw", clientSecret: "s3cret" });
  microsoft = await startOidcServer({ clientId: "lw-ms", clientSecret: "s3cret", issuerOf: (base) => `${base}/${TENANT}/v2.0` });
  Object.assign(issuers, { google: google.base, microsoft: microsoft.base });
  auth = await startAuthServer();
  process.env.NEXTAUTH_URL = auth.base;
});
afterAll(async () => {
  await Promise.all([google.close(), microsoft.close(), auth.close()]);
});
beforeEach(async () => {
  Object.assign(google.state, { fault: null, person: {} });
  auth.held.intent = null;
  acme = await testWorkspace();
  email = `ines-${acme.userId}@acme.example`;
});

/** As on the page Signing in: the intent of the signed-in session, then the round trip. */
async function connect(provider: "google" | "microsoft", userId = acme.userId) {
  const sessionId = newId();
  auth.held.intent = readIntent(writeIntent({ kind: "link", userId, sessionVersion: 1, sessionId }));
  const page = auth.browser();
  const at = await page.signIn(provider);
  auth.held.intent = null;
  return { at, page, sessionId };
}

describe("Google", () => {
  it("is nobody's until a signed-in person connects it, whatever address it states", async () => {
    google.state.person = { sub: `g-${newId()}`, email, email_verified: true, name: "Ines Prado" };
    const stranger = auth.browser();
    expect(await stranger.signIn("google")).toContain("refused=unknown");
    expect((await stranger.session()).userId).toBeUndefined();

    const { page, sessionId } = await connect("google");
    expect(await page.session()).toMatchObject({ userId: acme.userId, sessionId });
    const later = auth.browser();
    expect(await later.signIn("google")).toBe(auth.base);
    const session = await later.session();
    expect(session.userId).toBe(acme.userId);
    expect(await findSignedIn(acme.userId, 1, session.sessionId ?? null)).toMatchObject({ email });
  });

  it.each<OidcFault>(["nonce", "issuer", "audience", "signature", "expired"])("refuses a token with a wrong %s", async (fault) => {
    google.state.person = { sub: `g-${newId()}`, email, email_verified: true };
    await connect("google");
    google.state.fault = fault;
    const page = auth.browser();
    expect(await page.signIn("google")).toContain("error=");
    expect((await page.session()).userId).toBeUndefined();
  });

  it("refuses an answer with another's state, and a code that comes back twice", async () => {
    google.state.person = { sub: `g-${newId()}` };
    await connect("google");
    const page = auth.browser();
    expect((await page.go(`${auth.base}/api/auth/callback/google?code=abc&state=forged`)).headers.get("location")).toContain("error=");
    expect((await page.session()).userId).toBeUndefined();
  });

  it("stays with its first owner", async () => {
    google.state.person = { sub: `g-${newId()}` };
    await connect("google");
    const other = await testWorkspace();
    expect((await connect("google", other.userId)).at).toContain("refused=taken");
    const { rows } = await owner.query("select user_id from outside_accounts where subject = $1", [google.state.person.sub]);
    expect(rows).toEqual([{ user_id: acme.userId }]);
  });

  it("owes the second step like a password does", async () => {
    google.state.person = { sub: `g-${newId()}` };
    await connect("google");
    await owner.query("update users set totp_enabled_at = now() where id = $1", [acme.userId]);
    const page = auth.browser();
    await page.signIn("google");
    const { sessionId = null } = await page.session();
    expect(await findSignedIn(acme.userId, 1, sessionId)).toBeNull();
  });
});

describe("an invitation", () => {
  const begin = async (address: string | null) => {
    const { token } = await acme.run((tx) =>
      invite(tx, { email: address, role: "rep", teamId: null, actorId: acme.userId, realNow: new Date() }),
    );
    auth.held.intent = readIntent(writeIntent({ kind: "invitation", token }));
    return token;
  };

  it("makes an account without a password, which joins", async () => {
    const address = `leo-${newId()}@acme.example`;
    google.state.person = { sub: `g-${newId()}`, email: address, email_verified: true, name: "Leo Faber" };
    const token = await begin(address);
    const page = auth.browser();
    await page.signIn("google");
    const { userId = "" } = await page.session();
    expect(await acceptAsSignedIn({ token, userId })).toMatchObject({ workspaceId: acme.id });
    expect((await findSignedIn(userId, 1))?.memberships.map((each) => each.name)).toEqual(["Acme"]);
    expect((await owner.query("select password_hash from users where id = $1", [userId])).rows).toEqual([{ password_hash: null }]);
  });

  it("never takes over an account with the same address, nor one whose address is not vouched for", async () => {
    google.state.person = { sub: `g-${newId()}`, email, email_verified: true };
    await begin(null);
    expect(await auth.browser().signIn("google")).toContain("refused=address-known");
    google.state.person = { sub: `g-${newId()}`, email: "eva@acme.example", email_verified: false };
    await begin("eva@acme.example");
    expect(await auth.browser().signIn("google")).toContain("refused=other-address");
  });
});

describe("Microsoft", () => {
  const oid = () => newId();
  it("is the person of tenant and object, not of the address that somebody chose", async () => {
    const mine = oid();
    microsoft.state.person = { sub: "pairwise-1", tid: TENANT, oid: mine, email: "ines@contoso.example" };
    await connect("microsoft");
    microsoft.state.person = { sub: "pairwise-1", tid: TENANT, oid: oid(), email: "ines@contoso.example" };
    expect(await auth.browser().signIn("microsoft")).toContain("refused=unknown");
    microsoft.state.person = { sub: "another-pairwise", tid: TENANT, oid: mine, email: "renamed@contoso.example" };
    const page = auth.browser();
    await page.signIn("microsoft");
    expect((await page.session()).userId).toBe(acme.userId);
  });

  it("refuses a token that speaks for another tenant than its issuer", async () => {
    microsoft.state.person = { sub: "x", tid: "0f0f0f0f-0000-4000-8000-00000000bbbb", oid: oid() };
    expect((await connect("microsoft")).at).toContain("refused=unreadable");
  });
});

it("keeps an intent only as we wrote it, and for ten minutes", () => {
  const cookie = writeIntent({ kind: "invitation", token: "abc" });
  expect(readIntent(cookie)).toMatchObject({ kind: "invitation" });
  const forged = `${Buffer.from(JSON.stringify({ kind: "link", userId: newId(), sessionVersion: 1, sessionId: newId(), until: 9e15 })).toString("base64url")}.${cookie.split(".")[1]}`;
  for (const each of [forged, `${cookie}x`, "", ".", "a.b", null]) expect(readIntent(each)).toBeNull();
});
