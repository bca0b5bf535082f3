import { isIPv6 } from "node:net";
import { env } from "./env.ts";

/** Set by bin/lib/web-requests.mjs, which names the header anew in each process, so that no client can send it. */
const PEER_HEADER = Symbol.for("leadwright.peer-header");

/**
 * Who asks, for limits. `x-forwarded-for` counts only as far as it was written by proxies of ours (TRUSTED_PROXIES of them): whatever
 * stands further left, the client may have invented.
 */
export function clientAddress(input: { peer: string | null; forwardedFor: string | null; trustedProxies: number }): string {
  const hops = (input.forwardedFor ?? "")
    .split(",")
    .map((hop) => hop.trim())
    .filter(Boolean);
  const told = input.trustedProxies > 0 ? hops.at(-Math.min(input.trustedProxies, hops.length)) : undefined;
  return networkOf(told ?? input.peer ?? "unknown");
}

export function addressOf(headers: Pick<Headers, "get">): string {
  const name = (globalThis as { [PEER_HEADER]?: string })[PEER_HEADER];
  return clientAddress({
    peer: name ? headers.get(name) : null,
    forwardedFor: headers.get("x-forwarded-for"),
    trustedProxies: env.TRUSTED_PROXIES,
  });
}

/** One household has a whole /64 of IPv6. */
function networkOf(address: string): string {
  // Some proxies write the port too, which is another one with each connection.
  const withoutPort = address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  const plain = withoutPort.replace(/^\[|\](:\d+)?$/g, "").replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(plain)) return plain.slice(0, 64);
  const [head = "", tail = ""] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
  const [left, right] = [head.split(":").filter(Boolean), tail.split(":").filter(Boolean)];
  return `${[...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right].slice(0, 4).join(":")}::/64`;
}
