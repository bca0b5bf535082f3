import { describe, expect, it } from "vitest";
import { countsAgainstAddress, isWornOut, softCauseOf } from "./soft-bounces.ts";

describe("softCauseOf", () => {
  it.each([
    ["5.2.2", "552 Mailbox is full", "full"],
    ["4.2.2", "452 over quota", "full"],
    ["5.7.1", "550 blocked using spamhaus", "refused"],
    ["5.7.26", "550 unauthenticated mail, SPF and DKIM failed", "refused"],
    ["5.3.4", "552 message too large", "refused"],
    ["5.2.1", "550 This account has been disabled", "inactive"],
    ["4.4.1", "connection timed out", "unreachable"],
    ["4.4.7", "delivery time expired", "unreachable"],
    ["", "no idea", "other"],
  ])("%s %s is %s", (status, diagnostic, cause) => {
    expect(softCauseOf(status, diagnostic)).toBe(cause);
  });

  it("does not blame the address for what is said about our mail", () => {
    expect(countsAgainstAddress("refused")).toBe(false);
    expect(countsAgainstAddress("full")).toBe(true);
  });
});

describe("isWornOut", () => {
  const now = new Date("2026-03-20T09:00:00Z");
  const on = (...days: string[]) => days.map((day) => new Date(`${day}T08:00:00Z`));
  it.each([
    ["two days", on("2026-03-02", "2026-03-09"), false],
    ["three days", on("2026-03-02", "2026-03-09", "2026-03-20"), true],
    ["three on one day", [...on("2026-03-20"), ...on("2026-03-20"), ...on("2026-03-20")], false],
    ["one of three is older than a month", on("2026-02-10", "2026-03-09", "2026-03-20"), false],
  ])("%s: %s", (_, instants, worn) => {
    expect(isWornOut(instants, now)).toBe(worn);
  });
});
