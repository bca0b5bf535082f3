import { TOTP } from "otpauth";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { inIdentity } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { findPending, findSignedIn } from "./queries.ts";
import { beginSecondStep, disableSecondStep, enableSecondStep, passSecondStep, renewRecoveryCodes } from "./second-step.ts";

const { owner } = await testDatabase();
const codeAt = (secret: string, steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

let userId: string;
let secret: string;
let recoveryCodes: string[];
const first = newId();

afterAll(() => vi.useRealTimers());
beforeEach(async () => {
  // The clock stands in the middle of a code's half minute: what is tested is which code counts, not how fast the test is.
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 });
  const acme = await testWorkspace();
  userId = acme.userId;
  ({ secret } = await beginSecondStep({ userId }));
  ({ recoveryCodes } = await enableSecondStep({ userId, sessionId: first, code: codeAt(secret, -1) }));
  await owner.query("delete from second_steps where user_id <> $1", [userId]);
});

describe("the second step", () => {
  it("makes nobody of a session until its code is given, and one session does not open another", async () => {
    const [session, other] = [newId(), newId()];
    expect(await findSignedIn(userId, 1, session)).toBeNull();
    expect(await findSignedIn(userId, 1)).toBeNull();
    expect(await findPending(userId, 1, session)).toMatchObject({ userId });
    await passSecondStep({ userId, sessionId: session, code: codeAt(secret) });
    expect(await findSignedIn(userId, 1, session)).toMatchObject({ userId, hasSecondStep: true });
    expect(await findSignedIn(userId, 1, other)).toBeNull();
    expect(await findPending(userId, 1, session)).toBeNull();
  });

  it("takes a code once, also when it comes twice at the same moment, and never an earlier one", async () => {
    const code = codeAt(secret);
    const tries = await Promise.allSettled([newId(), newId()].map((sessionId) => passSecondStep({ userId, sessionId, code })));
    expect(tries.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(passSecondStep({ userId, sessionId: newId(), code: codeAt(secret, -1) })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await passSecondStep({ userId, sessionId: newId(), code: codeAt(secret, 1) });
  });

  it("takes each recovery code once, keeps only hashes, and new ones replace the old", async () => {
    const [code = "", second = ""] = recoveryCodes;
    expect(new Set(recoveryCodes).size).toBe(10);
    await passSecondStep({ userId, sessionId: newId(), code: code.toUpperCase() });
    await expect(passSecondStep({ userId, sessionId: newId(), code })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const stored = JSON.stringify((await owner.query("select * from recovery_codes")).rows);
    for (const each of recoveryCodes) expect(stored).not.toContain(each);
    const renewed = await renewRecoveryCodes({ userId, code: codeAt(secret) });
    expect(renewed.recoveryCodes).toHaveLength(10);
    await expect(passSecondStep({ userId, sessionId: newId(), code: second })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("keeps the secret sealed", async () => {
    const { rows } = await owner.query<{ secret: Buffer }>("select totp_secret as secret from users where id = $1", [userId]);
    expect(rows[0]?.secret.toString("latin1")).not.toContain(secret);
  });

  it("stops guessing after five wrong codes, right ones included", async () => {
    for (let guess = 0; guess < 5; guess++)
      await expect(passSecondStep({ userId, sessionId: newId(), code: "000000" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(passSecondStep({ userId, sessionId: newId(), code: codeAt(secret) })).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
  });

  it("cannot be turned off while a workspace asks for it", async () => {
    await owner.query(
      "update workspaces set requires_second_step = true where id in (select workspace_id from members where user_id = $1)",
      [userId],
    );
    await expect(disableSecondStep({ userId, code: codeAt(secret) })).rejects.toMatchObject({ code: "INVALID_STATE" });
    await owner.query("update workspaces set requires_second_step = false");
    await disableSecondStep({ userId, code: codeAt(secret) });
    expect(await findSignedIn(userId, 1, newId())).toMatchObject({ hasSecondStep: false });
  });
});

it("shuts a workspace that asks for it to whoever has none, and no other", async () => {
  const [strict, open] = [await testWorkspace({ name: "Strict" }), await testWorkspace({ name: "Open" })];
  await inIdentity((tx) =>
    tx.member.create({
      data: {
        workspaceId: strict.id,
        userId: open.userId,
        fullName: "Ines",
        email: "i@acme.example",
        role: "rep",
        timeZone: "UTC",
        hours: {},
        createdAt: new Date(),
      },
    }),
  );
  await owner.query("update workspaces set requires_second_step = true where id = $1", [strict.id]);
  const { memberships = [] } = (await findSignedIn(open.userId, 1, newId())) ?? {};
  expect(memberships.map(({ name, needsSecondStep }) => [name, needsSecondStep]).toSorted()).toEqual([
    ["Open", false],
    ["Strict", true],
  ]);
});
