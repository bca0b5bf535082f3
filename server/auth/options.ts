import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { addressOf } from "#server/core/client-address.ts";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { logger } from "#server/core/logger.ts";
import { keyFor } from "#server/core/secret.ts";
import { verifyCredentials } from "./commands.ts";
import { outsideProviders, readOutside } from "./outside-providers.ts";
import { type Intent, signInWithOutside } from "./outside-sign-in.ts";

declare module "next-auth" {
  interface Session {
    userId: string;
    sessionVersion: number;
    sessionId?: string;
  }
  interface User {
    sessionVersion: number;
    sessionId?: string;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    userId: string;
    sessionVersion: number;
    sessionId?: string;
  }
}

const TWO_WEEKS_S = 14 * 24 * 3600;

export function sessionSecret(): string {
  return keyFor("session").toString("hex");
}

function isSecure(): boolean {
  return env.APP_URL?.startsWith("https://") ?? false;
}

/** As the library names it. */
export function sessionCookie(): string {
  return `${isSecure() ? "__Secure-" : ""}next-auth.session-token`;
}

/**
 * Credentials need JWT sessions; the session version in them is compared with the database on every request. `intent`: what a signed-in
 * person, or the holder of an invitation, began before they were sent to Google or Microsoft.
 */
export function authOptions(intent: Intent | null = null): NextAuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: TWO_WEEKS_S },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isSecure(),
    providers: [
      ...outsideProviders(),
      CredentialsProvider({
        name: "password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          try {
            const origin = addressOf(new Headers(Object.entries((request.headers ?? {}) as Record<string, string>)));
            return await verifyCredentials({ email: credentials?.email ?? "", password: credentials?.password ?? "", origin });
          } catch (error) {
            // next-auth shows the message of what is thrown, so only ours may pass.
            if (error instanceof AppError) throw new Error(error.message);
            logger.error({ err: error }, "sign-in failed");
            throw new Error("Signing in does not work at the moment. Try again in a minute.");
          }
        },
      }),
    ],
    // What the other side said may name a person; its code says enough.
    logger: {
      // A cookie that is not ours is nobody's sign-in, and needs no line.
      error: (code) =>
        code === "JWT_SESSION_ERROR" ? logger.debug({ code }, "next-auth") : logger.warn({ code }, "a sign-in was refused"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const found = await signInWithOutside(readOutside(account.provider, profile), intent).catch((error: unknown) => {
          // next-auth would write what is thrown into the address.
          logger.error({ err: error }, "sign-in failed");
          return "unreadable" as const;
        });
        if (typeof found === "string") return `/sign-in?refused=${found}`;
        // Without an adapter, this object is what the session is made of.
        Object.assign(user, found);
        return true;
      },
      jwt: ({ token, user }) =>
        user ? { sub: user.id, userId: user.id, sessionVersion: user.sessionVersion, sessionId: user.sessionId ?? newId() } : token,
      session: ({ session, token }) => ({
        ...session,
        userId: token.userId,
        sessionVersion: token.sessionVersion,
        ...(token.sessionId && { sessionId: token.sessionId }),
      }),
    },
  };
}
