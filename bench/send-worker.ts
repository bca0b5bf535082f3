import { functions } from "#server/jobs/registry.ts";
import { startWorker } from "#server/jobs/start-worker.ts";

/** The product's worker as it is, that also says how much memory it took. */
process.on("message", () => process.send?.({ kind: "memory", rssMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
await startWorker({ functions, port: 0 });
