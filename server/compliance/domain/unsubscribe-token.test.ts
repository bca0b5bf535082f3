import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeUnsubscribeToken, readUnsubscribeToken } from "./unsubscribe-token.ts";

const keyed = (secret: string) => {
  const sign = (payload: Uint8Array) => createHmac("sha256", secret).update(payload).digest().subarray(0, 16);
  return { sign, isSigned: (payload: Uint8Array, signature: Uint8Array) => sign(payload).equals(signature) };
};
const claim = {
  workspaceId: "0190aaaa-0000-7000-8000-000000000001",
  leadId: "0190aaaa-0000-7000-8000-000000000002",
  messageId: "0190aaaa-0000-7000-8000-000000000003",
};

describe("unsubscribe token", () => {
  const token = makeUnsubscribeToken(claim, keyed("k"));

  it("fits a URL and reads back", () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{86}$/);
    expect(readUnsubscribeToken(token, keyed("k"))).toEqual(claim);
  });

  it.each([
    ["another key", () => readUnsubscribeToken(token, keyed("other"))],
    ["a changed letter", () => readUnsubscribeToken(`${token[0] === "A" ? "B" : "A"}${token.slice(1)}`, keyed("k"))],
    ["a cut token", () => readUnsubscribeToken(token.slice(1), keyed("k"))],
    ["nonsense", () => readUnsubscribeToken("../../etc", keyed("k"))],
  ])("refuses %s", (_, read) => {
    expect(read()).toBeNull();
  });
});
