import { EventEmitter } from "node:events";
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { logger } from "#server/core/logger.ts";
import { type EngineContext, inEngine, TASK } from "./context.ts";
import { runJob } from "./run-job.ts";

const LOCK_CLASS = 7_346_100;
const CONCURRENCY = 20;

/**
 * One living engine: a session that holds an advisory lock, and the queue's runner. When the process dies the lock is
 * free at once, and any other engine takes its jobs up. When the session is lost (Postgres restarted) everything of this
 * instance is given up, and the engine starts another.
 */
export type Instance = { lost: Promise<void>; stop: () => Promise<void> };

export async function startInstance(engine: EngineContext): Promise<Instance> {
  const session = await engine.pool.connect();
  const lost = Promise.withResolvers<void>();
  session.once("error", () => lost.resolve());
  session.once("end", () => lost.resolve());
  let begun: Runner | undefined;
  try {
    const lockNo = await takeLock(session);
    // Nobody looks for the dead while a newcomer's pool has an id that is not yet written down.
    const runner = await inEngine(engine.pool, async (tx) => {
      await tx.query("select pg_advisory_xact_lock($1, 0)", [LOCK_CLASS + 1]);
      await unlockDead(tx);
      const started = await startRunner(engine);
      begun = started.runner;
      await tx.query("insert into engine.instances (lock_no, holders, started_at) values ($1, $2, now())", [lockNo, [started.holder]]);
      return started.runner;
    });
    runner.promise.then(
      () => lost.resolve(),
      () => lost.resolve(),
    );
    return {
      lost: lost.promise,
      stop: async () => {
        await runner.stop().catch((error: Error) => logger.warn({ err: error }, "queue runner stopped with an error"));
        await engine.pool.query("delete from engine.instances where lock_no = $1", [lockNo]).catch(() => undefined);
        session.release(true);
      },
    };
  } catch (error) {
    // Nobody knows this runner: its jobs would be taken for a dead one's and given to others while it works.
    await begun?.stop().catch((reason: Error) => logger.warn({ err: reason }, "queue runner stopped with an error"));
    session.release(true);
    throw error;
  }
}

/** Brings graphile-worker's own schema up to date. */
export async function installQueue(engine: EngineContext): Promise<void> {
  await runMigrations({ pgPool: engine.pool, logger: quietLogger });
}

/** Takes up the jobs of engines that died. Cheap: it looks at locks, and touches the queue only when one is missing. */
export async function recoverDead(engine: EngineContext): Promise<void> {
  const { rows } = await engine.pool.query<{ dead: boolean }>({ name: "engine-any-dead", text: `select exists (${DEAD}) as dead` });
  if (!rows[0]?.dead) return;
  await inEngine(engine.pool, async (tx) => {
    await tx.query("select pg_advisory_xact_lock($1, 0)", [LOCK_CLASS + 1]);
    await unlockDead(tx);
  });
  logger.warn("took up the jobs of an engine that died");
}

const DEAD = `select i.lock_no from engine.instances i where not exists (
  select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = ${LOCK_CLASS} and l.objid = i.lock_no and l.objsubid = 2 and l.granted
    and l.database = (select oid from pg_database where datname = current_database()))`;

async function unlockDead(tx: pg.ClientBase): Promise<void> {
  await tx.query(`delete from engine.instances where lock_no in (${DEAD})`);
  await tx.query(`select graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker._private_jobs where locked_by is not null
    and locked_by not in (select unnest(holders) from engine.instances)))`);
  // Unlocking announces nothing by itself.
  await tx.query(`select pg_notify('jobs:insert', '{"count":${CONCURRENCY}}')`);
}

async function takeLock(session: pg.PoolClient): Promise<number> {
  const { rows } = await session.query<{ lock_no: number }>("select nextval('engine.lock_no')::int as lock_no");
  const lockNo = rows[0]?.lock_no ?? 0;
  await session.query("select pg_advisory_lock($1, $2)", [LOCK_CLASS, lockNo]);
  return lockNo;
}

async function startRunner(engine: EngineContext): Promise<{ runner: Runner; holder: string }> {
  const events: WorkerEvents = new EventEmitter();
  let holder = "";
  events.on("pool:create", ({ workerPool }) => {
    holder = workerPool.id;
  });
  const runner = await run({
    pgPool: engine.pool,
    events,
    logger: quietLogger,
    noHandleSignals: true,
    taskList: { [TASK]: (payload) => runJob(engine, payload) },
    preset: {
      worker: {
        concurrentJobs: CONCURRENCY,
        pollInterval: 2_000,
        completeJobBatchDelay: 5,
        localQueue: { size: CONCURRENCY, ttl: 60_000 },
      },
    },
  });
  if (!holder) throw new Error("The queue runner did not say who it is.");
  return { runner, holder };
}

export const quietLogger = new Logger(() => (level, message, meta) => {
  // Its messages quote errors whole.
  const fields = { err: meta?.error };
  if (level === "error") logger.error(fields, "the queue reports an error");
  // Twenty functions wait for their own work most of the time: ten connections are enough for their steps.
  else if (level === "warning" && !message.includes("maxPoolSize")) logger.warn(fields, "the queue warns");
});
