import type { Server } from "node:http";
import { env } from "#server/core/env.ts";
import { logger } from "#server/core/logger.ts";

const TRY_AGAIN_MS = 5_000;
/** Now and then all the same: a server that was set up anew knows nothing of us. */
const REPEAT_MS = 10 * 60_000;

/** Without a signing key anybody who reaches the worker could run its functions. */
export function workerHost(): string {
  const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(env.WORKER_HOST);
  if (!isLoopback && env.INNGEST_SIGNING_KEY === undefined && env.INNGEST_EVENT_KEY !== undefined) {
    throw new Error("WORKER_HOST: beyond this machine the worker listens only with INNGEST_SIGNING_KEY. See docs/engine.md.");
  }
  return env.WORKER_HOST;
}

/** The address that the functions are registered under, where it is not the one they are asked at. */
export function servedAt(): { serveOrigin?: string } {
  const origin = env.WORKER_URL ?? (env.INNGEST_BASE_URL ? undefined : env.APP_URL);
  return origin ? { serveOrigin: origin.replace(/\/$/, "") } : {};
}

/** Tells the Inngest server which functions there are: at the start, until it has heard, and again now and then. */
export function keepRegistered(server: Server): { stop: () => void } {
  const stopping = new AbortController();
  void (async () => {
    while (!stopping.signal.aborted) {
      const isDone = await register(server, stopping.signal);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, isDone ? REPEAT_MS : TRY_AGAIN_MS);
        stopping.signal.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  })();
  return { stop: () => stopping.abort() };
}

/** A plain PUT at the SDK's own endpoint makes it send the functions to the server. */
async function register(server: Server, signal: AbortSignal): Promise<boolean> {
  const address = server.address();
  if (typeof address !== "object" || address === null) return false;
  const host = env.WORKER_HOST === "0.0.0.0" || env.WORKER_HOST === "::" ? "127.0.0.1" : env.WORKER_HOST;
  try {
    const answer = await fetch(`http://${host}:${address.port}/api/inngest`, { method: "PUT", signal });
    if (answer.ok) {
      logger.info("the job functions are registered with Inngest");
      return true;
    }
    logger.warn({ status: answer.status }, "Inngest did not take the job functions; trying again");
  } catch (error) {
    if (!signal.aborted) logger.warn({ err: error }, "Inngest could not be reached; trying again");
  }
  return false;
}
