import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

describe("clientAddress", () => {
  it.each([
    ["the peer counts, whatever it claims", "203.0.113.9", "198.51.100.1", 0, "203.0.113.9"],
    ["nobody is known without a peer", null, "198.51.100.1", 0, "unknown"],
    ["one proxy of ours: what it wrote last", "10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"],
    ["two proxies of ours", "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"],
    ["more proxies than hops", "10.0.0.1", "198.51.100.1", 3, "198.51.100.1"],
    ["a trusted proxy that wrote nothing", "10.0.0.1", null, 1, "10.0.0.1"],
    ["IPv4 written as IPv6", "::ffff:203.0.113.9", null, 0, "203.0.113.9"],
    ["a /64 is one household", "2001:db8:1:2:3:4:5:6", null, 0, "2001:db8:1:2::/64"],
    ["a short IPv6", "2001:db8::1", null, 0, "2001:db8:0:0::/64"],
    ["a proxy that writes the port", "10.0.0.1", "198.51.100.1:49152", 1, "198.51.100.1"],
    ["a proxy that writes the port of IPv6", "10.0.0.1", "[2001:db8::1]:49152", 1, "2001:db8:0:0::/64"],
    ["the loopback", "::1", null, 0, "0:0:0:0::/64"],
  ])("%s", (_, peer, forwardedFor, trustedProxies, expected) => {
    expect(clientAddress({ peer, forwardedFor, trustedProxies })).toBe(expected);
  });
});
