import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** Addresses that are not the public internet: this machine, its network, link-local and metadata, translations of them. */
const INSIDE = { 4: new BlockList(), 6: new BlockList() };
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  INSIDE[4].addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 128],
  ["::1", 128],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 32],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  INSIDE[6].addSubnet(net, bits, "ipv6");

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !INSIDE[4].check(address, "ipv4");
  return family === 6 && !INSIDE[6].check(address, "ipv6");
}

export type HostLookup = { kind: "public"; address: string } | { kind: "inside" } | { kind: "unknown" };

/**
 * Looks a host up once and answers the address to connect to, so that a name cannot point outside when asked and inside when used.
 * One inside address among several is enough to refuse.
 */
export async function lookUpOutside(host: string, options: { allowInside: boolean }): Promise<HostLookup> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(bare) ? [{ address: bare }] : await lookup(bare, { all: true, verbatim: true }).catch(() => []);
  const first = found[0];
  if (!first) return { kind: "unknown" };
  if (!options.allowInside && !found.every(({ address }) => isPublicAddress(address))) return { kind: "inside" };
  return { kind: "public", address: first.address };
}
