import { inngest } from "#server/jobs/client.ts";
import { startWorker } from "#server/jobs/start-worker.ts";

/** The product's worker process with two functions that do nothing but say when they ran. */
const tell = (message: Record<string, unknown>): void => void process.send?.(message);
const instant = (): number => performance.timeOrigin + performance.now();

const start = inngest.createFunction({ id: "start", triggers: [{ event: "bench/start" }] }, ({ event }) => {
  tell({ kind: "started", n: (event.data as { n: number }).n, at: instant() });
});

const chain = inngest.createFunction({ id: "chain", triggers: [{ event: "bench/chain" }] }, async ({ step }) => {
  for (let at = 1; at <= 10; at++) await step.run(`step ${at}`, () => at);
});

process.on("message", () => tell({ kind: "memory", rssMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
await startWorker({ functions: [start, chain], port: 0 });
tell({ kind: "ready" });
