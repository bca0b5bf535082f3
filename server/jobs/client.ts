import { Inngest } from "inngest";
import { env } from "#server/core/env.ts";
import { logger } from "#server/core/logger.ts";
import { LogRuns } from "./log-runs.ts";

/** With no Inngest configured the engine inside the worker runs the functions. They cannot tell which one does. */
export const isEngineEmbedded = env.INNGEST_EVENT_KEY === undefined;

let engineFetch: typeof fetch | undefined;

/** The embedded engine answers the SDK's own calls (events, checkpoints) without a socket. */
export function attachEngine(handler: typeof fetch | undefined): void {
  engineFetch = handler;
}

/** Runs inside this process (server/jobs/inline.ts), which keep their steps in memory: run id → what hears of finished ones. */
export const inlineRuns = new Map<string, (report: unknown) => void>();
const INLINE_REPORT = /\/v1\/checkpoint\/(inline-[^/]+)\/async$/;

const embeddedFetch: typeof fetch = async (input, init) => {
  const inlineRun = inlineRuns.get(INLINE_REPORT.exec(String(input))?.[1] ?? "");
  if (inlineRun) {
    inlineRun(JSON.parse(String(init?.body)));
    return Response.json({ data: null });
  }
  if (!engineFetch) throw new Error("The job engine runs in the worker. Elsewhere, write events with emit(tx, event).");
  return engineFetch(input, init);
};

const log = {
  info: (...args: unknown[]) => logger.debug({ parts: args.map(kindOf) }, "inngest"),
  warn: (...args: unknown[]) => logger.warn({ parts: args.map(kindOf) }, "inngest"),
  error: (...args: unknown[]) => logger.error({ parts: args.map(kindOf) }, "inngest"),
  debug: (...args: unknown[]) => logger.trace({ parts: args.map(kindOf) }, "inngest"),
};

export const inngest = new Inngest({
  id: "leadwright",
  logger: log,
  middleware: [LogRuns],
  aiMetadata: false,
  ...(isEngineEmbedded
    ? { isDev: true, fetch: embeddedFetch }
    : {
        eventKey: env.INNGEST_EVENT_KEY ?? "",
        // Without a signing key only a development server on this machine can be meant; the public route refuses it.
        isDev: env.INNGEST_SIGNING_KEY === undefined,
        ...(env.INNGEST_SIGNING_KEY && { signingKey: env.INNGEST_SIGNING_KEY }),
        ...(env.INNGEST_BASE_URL && { baseUrl: env.INNGEST_BASE_URL }),
      }),
});

/** What the SDK reports may hold a payload or a person's words: errors go through the logger's own door; the run keeps the rest. */
function kindOf(value: unknown): unknown {
  if (value instanceof Error) return value;
  const told = typeof value === "object" && value !== null ? (value as { err?: unknown; error?: unknown }) : {};
  const error = told.err ?? told.error;
  return error instanceof Error ? error : { type: typeof value };
}
