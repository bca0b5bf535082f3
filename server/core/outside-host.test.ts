import { describe, expect, it } from "vitest";
import { isPublicAddress, lookUpOutside } from "./outside-host.ts";

describe("isPublicAddress", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
    "127.1",
  ])("refuses %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111"])("takes %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("lookUpOutside", () => {
  it("refuses this machine by number and by name", async () => {
    expect(await lookUpOutside("127.0.0.1", { allowInside: false })).toEqual({ kind: "inside" });
    expect(await lookUpOutside("localhost", { allowInside: false })).toEqual({ kind: "inside" });
    expect(await lookUpOutside("[::1]", { allowInside: false })).toEqual({ kind: "inside" });
    expect(await lookUpOutside("localhost", { allowInside: true })).toMatchObject({ kind: "public" });
  });
  it("says when a name does not exist", async () => {
    expect(await lookUpOutside("no-such-host.invalid", { allowInside: false })).toEqual({ kind: "unknown" });
  });
});
