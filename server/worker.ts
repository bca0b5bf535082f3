import { env } from "#server/core/env.ts";
import { logger } from "#server/core/logger.ts";
import { functions } from "#server/jobs/registry.ts";
import { startWorker } from "#server/jobs/start-worker.ts";

try {
  await startWorker({ functions, port: env.WORKER_PORT });
} catch (error) {
  logger.fatal({ err: error }, "the worker could not start");
  // The log keeps no messages; nobody's data was touched yet, and this one says which setting is wrong.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
