import type pg from "pg";
import { inTransaction } from "#server/core/raw-transaction.ts";
import type { SdkAnswer } from "./domain/read-answer.ts";
import type { Chore, EngineFunction, Job } from "./schema.ts";

/** What the SDK is sent. */
export type SdkCall = { functionId: string; stepId: string; body: Record<string, unknown> };

/** What every part of the engine works with. */
export type EngineContext = {
  readonly pool: pg.Pool;
  /** the engine's own time: real, or a test's */
  readonly now: () => Date;
  readonly dice: () => number;
  readonly functions: ReadonlyMap<string, EngineFunction>;
  /** event name or pattern → the functions that listen to it */
  readonly listeners: ReadonlyMap<string, readonly EngineFunction[]>;
  readonly call: (call: SdkCall) => Promise<SdkAnswer>;
  /** a timer was set for this instant, and its transaction has committed */
  readonly timerSet: (at: Date) => unknown;
  /** the process is about to end: functions stop after the step they are in */
  readonly isStopping: () => boolean;
};

export const TASK = "engine";
/** Attempts are counted by us; this one only counts how often a worker died over a job. */
const MOST_TAKES = 30_000;

/** One transaction as engine_role, which the engine's own pool always is. */
export const inEngine = <T>(pool: pg.Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> => inTransaction(pool, "begin", work);

/** One transaction whose timers the clockwork hears of when it can see them. */
export async function transact<T>(outer: EngineContext, work: (tx: pg.PoolClient, engine: EngineContext) => Promise<T>): Promise<T> {
  const timers: Date[] = [];
  const result = await inEngine(outer.pool, (tx) => work(tx, { ...outer, timerSet: (at) => timers.push(at) }));
  for (const at of timers) outer.timerSet(at);
  return result;
}

/** Puts jobs on the queue in the transaction that makes them possible. */
export async function addJobs(tx: pg.ClientBase, jobs: readonly ((Job & { priority?: number }) | Chore)[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.query({
    name: "engine-add-jobs",
    text: `select count(*) from graphile_worker.add_jobs(array(
             select ($2, payload, null, null, $3, null, -priority, null)::graphile_worker.job_spec
             from unnest($1::json[], $4::int[]) as job(payload, priority)))`,
    values: [jobs.map(withoutPriority), TASK, MOST_TAKES, jobs.map((job) => ("priority" in job ? (job.priority ?? 0) : 0))],
  });
}

function withoutPriority(job: object): string {
  return JSON.stringify({ ...job, priority: undefined });
}

/** For a json column: undefined has no JSON. */
export function toJson(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}
