import { env } from "#server/core/env.ts";
import { functions } from "#server/jobs/registry.ts";
import { startWorker } from "#server/jobs/start-worker.ts";

await startWorker({ functions, port: env.WORKER_PORT });
