import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import { keyFor } from "#server/core/secret.ts";
import { verifyCredentials } from "./commands.ts";

declare module "next-auth" {
  interface Session {
    userId: string;
    sessionVersion: number;
  }
  interface User {
    sessionVersion: number;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    userId: string;
    sessionVersion: number;
  }
}

const TWO_WEEKS_S = 14 * 24 * 3600;

/** Credentials need JWT sessions; the session version in them is compared with the database on every request. */
export function authOptions(): NextAuthOptions {
  return {
    secret: keyFor("session").toString("hex"),
    session: { strategy: "jwt", maxAge: TWO_WEEKS_S },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: env.APP_URL?.startsWith("https://") ?? false,
    providers: [
      CredentialsProvider({
        name: "password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          try {
            const forwarded: unknown = request.headers?.["x-forwarded-for"];
            const origin = typeof forwarded === "string" ? forwarded : "direct";
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
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, userId: user.id, sessionVersion: user.sessionVersion } : token),
      session: ({ session, token }) => ({ ...session, userId: token.userId, sessionVersion: token.sessionVersion }),
    },
  };
}
