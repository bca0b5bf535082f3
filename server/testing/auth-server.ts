import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";
import type { Intent } from "#server/auth/outside-sign-in.ts";

/** next-auth with the product's options behind a plain HTTP server, and a browser's share of cookies and redirects. */
export async function startAuthServer() {
  const held: { intent: Intent | null } = { intent: null };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const shim = Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.replace("/api/auth/", "").split("/") },
      cookies: Object.fromEntries(
        (request.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(decodeURIComponent)),
      ),
      body: Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString())),
    });
    const reply = Object.assign(response, {
      status: (code: number) => Object.assign(response, { statusCode: code }),
      json: (value: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(value)),
      send: (value: unknown) => response.end(typeof value === "string" ? value : JSON.stringify(value)),
      redirect: (to: string) => response.writeHead(302, { location: to }).end(),
    });
    await NextAuth(shim as unknown as NextApiRequest, reply as unknown as NextApiResponse, authOptions(held.intent));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function browser() {
    const jar = new Map<string, string>();
    const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
      const isOurs = url.startsWith(base);
      const headers = {
        ...(init.headers as Record<string, string>),
        ...(isOurs && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }),
      };
      const response = await fetch(url, { ...init, headers, redirect: "manual" });
      for (const line of isOurs ? response.headers.getSetCookie() : []) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value) jar.set(name, value);
        else jar.delete(name);
      }
      return response;
    };
    const session = async () => (await (await go(`${base}/api/auth/session`)).json()) as { userId?: string; sessionId?: string };
    /** Presses "Sign in with …", allows it at the other side, and comes back. Answers where it ends. */
    const signIn = async (provider: string): Promise<string> => {
      const { csrfToken } = (await (await go(`${base}/api/auth/csrf`)).json()) as { csrfToken: string };
      const form = {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ csrfToken, callbackUrl: base }).toString(),
      };
      let at = (await go(`${base}/api/auth/signin/${provider}`, form)).headers.get("location") ?? "";
      for (let hop = 0; hop < 3 && (at.includes("/authorize") || at.includes("/api/auth/callback")); hop++)
        at = (await go(at)).headers.get("location") ?? "";
      return at;
    };
    return { signIn, session, jar, go };
  }
  return { base, held, browser, close: () => new Promise<void>((closed) => server.close(() => closed())) };
}
