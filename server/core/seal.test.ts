import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envAsBefore } from "#server/testing/env-as-before.ts";
import { env } from "./env.ts";
import { isSignedLasting, seal, signLasting, suppressionHash, unseal } from "./seal.ts";

const place = { workspaceId: "w1", table: "mailboxes", column: "secret", rowId: "m1" };

afterAll(envAsBefore());
beforeAll(() => {
  env.APP_SECRET = "a test secret that is long enough to be one";
});

describe("seal", () => {
  it("opens what it sealed", () => {
    expect(unseal(seal("pässwörd", place), place)).toBe("pässwörd");
  });

  it("never seals twice alike", () => {
    expect(Buffer.from(seal("x", place)).equals(Buffer.from(seal("x", place)))).toBe(false);
  });

  it.each(["workspaceId", "table", "column", "rowId"] as const)("does not open under another %s", (key) => {
    expect(() => unseal(seal("secret", place), { ...place, [key]: "other" })).toThrow("Enter it again");
  });

  it("notices a changed byte", () => {
    const sealed = seal("secret", place);
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => unseal(sealed, place)).toThrow("Enter it again");
  });
});

describe("the lasting key", () => {
  it("stays when APP_SECRET is changed and the first one is kept as SUPPRESSION_SECRET", () => {
    const first = env.APP_SECRET;
    const before = { hash: suppressionHash("nadia@norvale.example"), sealed: seal("a secret", place) };
    env.SUPPRESSION_SECRET = first;
    env.APP_SECRET = "another test secret that is long enough to be one";
    expect(suppressionHash("nadia@norvale.example")).toBe(before.hash);
    expect(() => unseal(before.sealed, place)).toThrow("Enter it again");
    expect(unseal(before.sealed, place, first)).toBe("a secret");
    env.APP_SECRET = first;
    env.SUPPRESSION_SECRET = undefined;
  });

  it("signs for one purpose only", () => {
    const payload = Buffer.from("payload");
    expect(isSignedLasting("a", payload, signLasting("a", payload))).toBe(true);
    expect(isSignedLasting("b", payload, signLasting("a", payload))).toBe(false);
    expect(isSignedLasting("a", payload, new Uint8Array(3))).toBe(false);
  });
});
