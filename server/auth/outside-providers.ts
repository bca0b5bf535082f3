import type { Provider } from "next-auth/providers/index";
import * as z from "zod";
import { env } from "#server/core/env.ts";

export const outsideNames = ["google", "microsoft"] as const;
export type OutsideName = (typeof outsideNames)[number];

/** Who somebody is outside: by issuer and subject alone. The address is a label, and proves nothing unless the issuer says so. */
export type OutsidePerson = {
  provider: OutsideName;
  issuer: string;
  subject: string;
  name: string | null;
  email: string | null;
  isEmailProven: boolean;
};

/** Tests put a local server here; nothing in the product does. */
export const issuers: Record<OutsideName, string> = {
  google: "https://accounts.google.com",
  microsoft: "https://login.microsoftonline.com",
};

export function configuredOutside(): { name: OutsideName; label: string }[] {
  return [
    ...(env.AUTH_GOOGLE_ID && env.AUTH_GOOGLE_SECRET ? [{ name: "google" as const, label: "Google" }] : []),
    ...(env.AUTH_MICROSOFT_ID && env.AUTH_MICROSOFT_SECRET ? [{ name: "microsoft" as const, label: "Microsoft" }] : []),
  ];
}

/** OpenID Connect by next-auth: discovery, the code flow with PKCE, state and nonce, and the id token's signature, issuer and audience. */
export function outsideProviders(): Provider[] {
  return configuredOutside().map(({ name, label }) => {
    const isGoogle = name === "google";
    const base = isGoogle ? issuers.google : `${issuers.microsoft}/${env.AUTH_MICROSOFT_TENANT}/v2.0`;
    return {
      id: name,
      name: label,
      type: "oauth" as const,
      wellKnown: `${base}/.well-known/openid-configuration`,
      clientId: (isGoogle ? env.AUTH_GOOGLE_ID : env.AUTH_MICROSOFT_ID) ?? "",
      clientSecret: (isGoogle ? env.AUTH_GOOGLE_SECRET : env.AUTH_MICROSOFT_SECRET) ?? "",
      authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
      idToken: true,
      checks: ["pkce" as const, "state" as const, "nonce" as const],
      // The real person is found in the signIn callback; nothing of this is kept.
      profile: (profile: { sub: string }) => ({ id: profile.sub, sessionVersion: 0 }),
    };
  });
}

const googleClaims = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  name: z.string().nullish(),
  email: z.string().nullish(),
  email_verified: z.boolean().nullish(),
});
const microsoftClaims = z.object({
  iss: z.string(),
  tid: z.uuid(),
  oid: z.uuid(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  preferred_username: z.string().nullish(),
});

/** Null for claims that name nobody. Microsoft's `sub` differs per app and its addresses can be chosen freely: `tid` and `oid` are the person. */
export function readOutside(provider: string, claims: unknown): OutsidePerson | null {
  if (provider === "google") {
    const read = googleClaims.safeParse(claims);
    if (!read.success) return null;
    const { iss, sub, name, email, email_verified } = read.data;
    return {
      provider,
      issuer: iss,
      subject: sub,
      name: name ?? null,
      email: email?.toLowerCase() ?? null,
      isEmailProven: email_verified === true,
    };
  }
  if (provider !== "microsoft") return null;
  const read = microsoftClaims.safeParse(claims);
  if (!read.success) return null;
  const { iss, tid, oid, name, email, preferred_username } = read.data;
  // The issuer of a token for every organisation names the tenant it speaks for.
  if (iss !== `${issuers.microsoft}/${tid}/v2.0`) return null;
  return {
    provider,
    issuer: iss,
    subject: `${tid}:${oid}`,
    name: name ?? null,
    email: (email ?? preferred_username)?.toLowerCase() ?? null,
    isEmailProven: false,
  };
}
