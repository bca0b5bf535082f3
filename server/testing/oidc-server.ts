import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export type OidcFault = "nonce" | "issuer" | "audience" | "signature" | "expired";

/**
 * An OpenID provider on loopback that speaks the real protocol: discovery, the code flow with PKCE, one use of each code, client
 * authentication and signed id tokens. `person` is who presses Allow next; `fault` spoils the next token in one way.
 */
export async function startOidcServer(options: { clientId: string; clientSecret: string; issuerOf?: (base: string) => string }) {
  const keys = await generateKeyPair("RS256");
  const stranger = await generateKeyPair("RS256");
  const state: { person: Record<string, unknown>; fault: OidcFault | null } = { person: {}, fault: null };
  const codes = new Map<string, { nonce: string; challenge: string; redirect: string }>();
  let base = "";
  const issuer = () => options.issuerOf?.(base) ?? base;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", base);
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    const handle = async (): Promise<void> => {
      if (url.pathname.endsWith("/.well-known/openid-configuration"))
        return json({
          issuer: issuer(),
          authorization_endpoint: `${base}/authorize`,
          token_endpoint: `${base}/token`,
          jwks_uri: `${base}/keys`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        });
      if (url.pathname === "/keys") return json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" }] });
      if (url.pathname === "/authorize") {
        const asked = url.searchParams;
        if (asked.get("client_id") !== options.clientId || asked.get("code_challenge_method") !== "S256")
          return json({ error: "invalid_request" }, 400);
        const code = randomBytes(16).toString("hex");
        codes.set(code, {
          nonce: asked.get("nonce") ?? "",
          challenge: asked.get("code_challenge") ?? "",
          redirect: asked.get("redirect_uri") ?? "",
        });
        const back = new URL(asked.get("redirect_uri") ?? base);
        back.searchParams.set("code", code);
        back.searchParams.set("state", asked.get("state") ?? "");
        response.writeHead(302, { location: back.toString() }).end();
        return;
      }
      if (url.pathname === "/token") return json(...(await token(request)));
      json({ error: "not_found" }, 404);
    };
    handle().catch(() => json({ error: "server_error" }, 500));
  });

  async function token(request: IncomingMessage): Promise<[unknown, number]> {
    const form = new URLSearchParams(await bodyOf(request));
    const [user = "", secret = ""] = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64")
      .toString()
      .split(":")
      .map(decodeURIComponent);
    if (user !== options.clientId || secret !== options.clientSecret) return [{ error: "invalid_client" }, 401];
    const code = form.get("code") ?? "";
    const grant = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!grant || challenge !== grant.challenge || form.get("redirect_uri") !== grant.redirect) return [{ error: "invalid_grant" }, 400];
    const { fault } = state;
    const now = Math.floor(Date.now() / 1000);
    const idToken = await new SignJWT({ ...state.person, nonce: fault === "nonce" ? "another" : grant.nonce })
      .setProtectedHeader({ alg: "RS256", kid: "one" })
      .setIssuer(fault === "issuer" ? "https://elsewhere.example" : issuer())
      .setAudience(fault === "audience" ? "another-client" : options.clientId)
      .setIssuedAt(fault === "expired" ? now - 7_200 : now)
      .setExpirationTime(fault === "expired" ? now - 3_600 : now + 300)
      .sign(fault === "signature" ? stranger.privateKey : keys.privateKey);
    return [{ access_token: "unused", token_type: "Bearer", expires_in: 300, id_token: idToken }, 200];
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, state, close: () => new Promise<void>((closed) => server.close(() => closed())) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
