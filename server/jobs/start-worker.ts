import { createServer, type Server } from "node:http";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { closeDatabase, createEnginePool, setProcessKind } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { logger } from "#server/core/logger.ts";
import { quietConsole } from "#server/core/quiet-console.ts";
import { attachEngine, inngest, isEngineEmbedded } from "./client.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import { isLostConnection } from "./lost-connection.ts";
import { startPulse } from "./pulse.ts";
import { keepRegistered, servedAt, workerHost } from "./registration.ts";
import { attachRelay } from "./relay.ts";
import { startWakefulness } from "./wakefulness.ts";

const DRAIN_MS = 7_500;
const ENGINE_CONNECTIONS = 10;

/** A lost connection that nobody waited for must not end the process: whatever needs one connects again. */
function outliveLostConnections(): void {
  // Node would print the error whole, with what it quotes.
  process.on("uncaughtException", (error) => {
    logger.fatal({ err: error }, "an error that nobody handled");
    process.exit(1);
  });
  process.on("unhandledRejection", (reason) => {
    if (isLostConnection(reason)) {
      logger.warn({ err: reason }, "a database connection was lost");
      return;
    }
    logger.fatal({ err: reason }, "an error that nobody handled");
    process.exit(1);
  });
}

/** The worker: job functions, outbox relay, what is due, and, when no Inngest is configured, the engine that runs it all. */
export async function startWorker(options: { functions: InngestFunction.Any[]; port: number }): Promise<void> {
  setProcessKind("worker");
  outliveLostConnections();
  if (env.NODE_ENV === "production") quietConsole();
  const pool = createEnginePool(ENGINE_CONNECTIONS);
  const engine = isEngineEmbedded ? createEngine({ pool, client: inngest, functions: options.functions }) : null;
  const server = await openDoor(engine, options);
  if (engine) {
    attachEngine(engine.fetch);
    attachRelay({ pool, take: engine.take });
    await engine.start();
  }
  const registration = engine ? null : keepRegistered(server);
  const wakefulness = startWakefulness(pool);
  const pulse = startPulse(pool);
  logger.info({ functions: options.functions.length, engine: engine ? "embedded" : "inngest" }, "worker ready");

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Whatever does not end in time is taken up again by the next worker.
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    registration?.stop();
    server.close();
    pulse.stop();
    await wakefulness.stop();
    await engine?.stop();
    await pool.end();
    await closeDatabase();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** With an Inngest elsewhere, it calls the functions here. The embedded engine needs no door, so there is none. */
async function openDoor(engine: Engine | null, { functions, port }: { functions: InngestFunction.Any[]; port: number }): Promise<Server> {
  const served = engine ? null : serve({ client: inngest, functions, ...servedAt() });
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/api/inngest" && served) return void served(request, response);
    const isReady = !engine || engine.isRunning();
    const health = { status: isReady ? "ok" : "starting", engine: engine ? "embedded" : "inngest" };
    response.writeHead(path === "/health" ? (isReady ? 200 : 503) : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(path === "/health" ? health : { error: "not found" }));
  });
  const listening = new Promise<void>((resolve, reject) => server.once("listening", resolve).once("error", reject));
  server.listen(port, workerHost());
  await listening;
  return server;
}
