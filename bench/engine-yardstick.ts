import { run } from "graphile-worker";
import { createEnginePool } from "#server/core/db.ts";

/** The yardstick: the same queue with nothing on top. A step is a job that writes its row and adds the next, in one transaction. */
const tell = (message: Record<string, unknown>): void => void process.send?.(message);
const instant = (): number => performance.timeOrigin + performance.now();
const pool = createEnginePool(10);

await run({
  pgPool: pool,
  noHandleSignals: true,
  preset: { worker: { concurrentJobs: 20, completeJobBatchDelay: 5, localQueue: { size: 20 } } },
  taskList: {
    start: (payload) => tell({ kind: "started", n: (payload as { n: number }).n, at: instant() }),
    chain: async (payload) => {
      const { run: id, at } = payload as { run: number; at: number };
      const tx = await pool.connect();
      await tx.query("begin");
      await tx.query("insert into engine.bench_steps (run, at, ended_at) values ($1, $2, clock_timestamp())", [id, at]);
      if (at < 10)
        await tx.query("select graphile_worker.add_job('chain', json_build_object('run', $1::int, 'at', $2::int))", [id, at + 1]);
      await tx.query("commit");
      tx.release();
    },
  },
});
process.on("message", () => tell({ kind: "memory", rssMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
process.on("SIGTERM", () => process.exit(0));
tell({ kind: "ready" });
