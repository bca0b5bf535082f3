import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/**
 * Hears every socket that this process opens and every name that it asks for, whichever library does it: http, tls and undici all end in
 * net.Socket.connect. What is not on `allowedPorts` of this machine is noted and refused.
 */
export function guardSockets(allowedPorts: readonly number[]): { attempts: string[]; release: () => void } {
  const attempts: string[] = [];
  const refuse = (what: string): never => {
    attempts.push(what);
    throw new Error(`the guard refused ${what}`);
  };
  const connect = net.Socket.prototype.connect;
  const guarded = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const target = targetOf(args);
    if (!allowedPorts.includes(target.port)) {
      attempts.push(`${target.host}:${target.port}`);
      process.nextTick(() => this.destroy(new Error("the guard refused a connection")));
      return this;
    }
    return Reflect.apply(connect, this, args) as net.Socket;
  };
  net.Socket.prototype.connect = guarded as typeof connect;

  const send = dgram.Socket.prototype.send;
  dgram.Socket.prototype.send = (() => refuse("a datagram")) as typeof send;

  const names = [
    "lookup",
    "resolve",
    "resolve4",
    "resolve6",
    "resolveMx",
    "resolveTxt",
    "resolveCname",
    "resolveSrv",
    "resolveNs",
    "reverse",
  ] as const;
  const kept = names.map((name) => [name, dns[name], dns.promises[name]] as const);
  for (const [name, direct, promised] of kept) {
    const isLocal = (asked: unknown) => asked === "localhost" || asked === "127.0.0.1";
    Object.assign(dns, {
      [name]: (...args: unknown[]) => (isLocal(args[0]) ? Reflect.apply(direct, dns, args) : refuse(`a look-up of ${args[0]}`)),
    });
    Object.assign(dns.promises, {
      [name]: async (...args: unknown[]) =>
        isLocal(args[0]) ? Reflect.apply(promised, dns.promises, args) : refuse(`a look-up of ${args[0]}`),
    });
  }
  syncBuiltinESMExports();

  return {
    attempts,
    release: () => {
      net.Socket.prototype.connect = connect;
      dgram.Socket.prototype.send = send;
      for (const [name, direct, promised] of kept) {
        Object.assign(dns, { [name]: direct });
        Object.assign(dns.promises, { [name]: promised });
      }
      syncBuiltinESMExports();
    },
  };
}

function targetOf(args: unknown[]): { host: string; port: number } {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === "object" && first !== null) {
    const { host, port, path } = first as { host?: string; port?: number | string; path?: string };
    return { host: host ?? path ?? "localhost", port: Number(port ?? 0) };
  }
  return { host: typeof second === "string" ? second : "localhost", port: Number(first) };
}
