import { beforeEach, describe, expect, it } from "vitest";
import { inIdentity } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { newId } from "#server/core/ids.ts";
import { makePasswordLink } from "#server/teams/commands/make-reset-link.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestWorkspace, testMember, testWorkspace } from "#server/testing/workspace.ts";
import { changePassword, verifyCredentials } from "./commands.ts";
import { findSignedIn } from "./queries.ts";
import { isResetOpen, makeResetLink, requestReset, resetPassword } from "./reset-password.ts";

const { owner } = await testDatabase();
env.APP_URL = "https://leadwright.example";
const sent: { to: string; text: string }[] = [];
const mail = { send: async (each: { to: string; text: string }) => void sent.push(each) };
const password = "a new and long password";

let acme: TestWorkspace;
let leo: string;
let email: string;
beforeEach(async () => {
  sent.length = 0;
  acme = await testWorkspace();
  leo = await testMember(acme, { fullName: "Leo Faber" });
  email = `${leo}@acme.example`;
});
const tokenOf = (text: string) => /\/reset\/(\S+)/.exec(text)?.[1] ?? "";

describe("a forgotten password", () => {
  it("is answered the same for an address that nobody has, with the same work, and no mail", async () => {
    const count = async () => Number((await owner.query<{ n: string }>("select count(*) as n from password_resets")).rows[0]?.n);
    const before = await count();
    expect(await requestReset(mail, { email, origin: newId() })).toBeUndefined();
    expect(await requestReset(mail, { email: `nobody-${newId()}@acme.example`, origin: newId() })).toBeUndefined();
    expect(await count()).toBe(before + 2);
    expect(sent.map((each) => each.to)).toEqual([email]);
  });

  it("is chosen anew by the link, once; every session ends", async () => {
    await requestReset(mail, { email, origin: newId() });
    const token = tokenOf(sent[0]?.text ?? "");
    expect(JSON.stringify((await owner.query("select * from password_resets")).rows)).not.toContain(token);
    expect(await isResetOpen(token)).toBe(true);
    const tries = await Promise.allSettled([resetPassword({ token, password }), resetPassword({ token, password })]);
    expect(tries.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await isResetOpen(token)).toBe(false);
    expect(await findSignedIn(leo, 1)).toBeNull();
    expect(await verifyCredentials({ email, password, origin: newId() })).toMatchObject({ id: leo, sessionVersion: 2 });
  });

  it("lets in who had guessed too often before they asked for the link", async () => {
    const guess = () => verifyCredentials({ email, password: "one of the others", origin: newId() });
    for (let turn = 0; turn < 8; turn++) expect(await guess()).toBeNull();
    await expect(guess()).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    const { token } = await makeResetLink({ userId: leo, madeById: null });
    await resetPassword({ token, password });
    expect(await verifyCredentials({ email, password, origin: newId() })).toMatchObject({ id: leo });
  });

  it("cannot be chosen by an older link once somebody changed it themselves", async () => {
    const first = await makeResetLink({ userId: leo, madeById: null });
    await resetPassword({ token: first.token, password });
    const { token } = await makeResetLink({ userId: leo, madeById: null });
    await changePassword({ userId: leo, current: password, next: "another long password", origin: newId() });
    expect(await isResetOpen(token)).toBe(false);
    await expect(resetPassword({ token, password })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  it("runs out, and a newer link replaces an older one", async () => {
    const [old, late] = [await makeResetLink({ userId: leo, madeById: null }), await makeResetLink({ userId: leo, madeById: null })];
    await expect(resetPassword({ token: old.token, password })).rejects.toMatchObject({ code: "INVALID_STATE" });
    await owner.query("update password_resets set expires_at = now() - interval '1 second' where user_id = $1", [leo]);
    await expect(resetPassword({ token: late.token, password })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  it("mails one address four times an hour at most", async () => {
    for (let turn = 0; turn < 8; turn++) await requestReset(mail, { email, origin: newId() });
    expect(sent).toHaveLength(4);
  });
});

describe("a link by an admin", () => {
  const link = (userId: string, role: "owner" | "admin", by = acme.userId) =>
    makePasswordLink(acme.id, { userId, actor: { userId: by, role } });

  it("opens a colleague's account, and the audit says who made it", async () => {
    const { token } = await link(leo, "admin");
    await resetPassword({ token, password });
    const { rows } = await owner.query("select action, actor_id from audit_entries where workspace_id = $1 and subject_id = $2", [
      acme.id,
      leo,
    ]);
    expect(rows).toEqual([{ action: "member.password-link-made", actor_id: acme.userId }]);
  });

  it("is refused for an owner, the operator, and somebody of another workspace", async () => {
    await expect(link(acme.userId, "admin", leo)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await inIdentity((tx) => tx.user.update({ where: { id: leo }, data: { isOperator: true } }));
    await expect(link(leo, "owner")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await inIdentity((tx) => tx.user.update({ where: { id: leo }, data: { isOperator: false } }));
    const other = await testWorkspace();
    await owner.query(
      "insert into members (workspace_id, user_id, full_name, email, role, time_zone, hours, created_at) select $1, user_id, full_name, email, role, time_zone, hours, created_at from members where workspace_id = $2 and user_id = $3",
      [other.id, acme.id, leo],
    );
    await expect(link(leo, "owner")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("ends with the rights of who made it, and when it would open more than they run", async () => {
    const eva = await testMember(acme, { fullName: "Eva Blom", role: "admin" });
    const { token } = await link(leo, "admin", eva);
    const member = (userId: string, data: object) => acme.run((tx) => tx.member.updateMany({ where: { userId }, data }));
    const opens = async (changed: string, during: object, after: object) => {
      await member(changed, during);
      const isOpen = await isResetOpen(token);
      await member(changed, after);
      return isOpen;
    };
    expect(await opens(eva, { role: "rep" }, { role: "admin" })).toBe(false);
    expect(await opens(eva, { removedAt: new Date() }, { removedAt: null })).toBe(false);
    expect(await opens(leo, { role: "owner" }, { role: "rep" })).toBe(false);
    expect(await isResetOpen(token)).toBe(true);
    await member(eva, { removedAt: new Date() });
    await expect(resetPassword({ token, password })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });
});
