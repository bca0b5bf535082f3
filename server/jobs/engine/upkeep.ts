import { logger } from "#server/core/logger.ts";
import { addJobs, type EngineContext, inEngine, toJson } from "./context.ts";
import { nextCronAt } from "./domain/cron-times.ts";
import { DEDUPE_MS } from "./intake.ts";
import type { Job } from "./schema.ts";

const KEEP_COMPLETED_MS = 2 * DEDUPE_MS;
const KEEP_FAILED_MS = 14 * DEDUPE_MS;
const FORGET_AT_ONCE = 2_000;
const STUCK_AFTER_MS = 60_000;

/**
 * Makes the stored schedules and functions those of this release. A schedule that stays keeps its next instant, also a missed one, unless
 * that was reckoned by a clock that ran ahead: it would not come for as long as the clock was wrong.
 */
export async function storeFunctions(engine: EngineContext): Promise<void> {
  const functions = [...engine.functions.values()];
  const crons = functions.flatMap((fn) =>
    fn.crons.map((expression) => ({ function_id: fn.id, expression, next_at: nextCronAt(expression, engine.now()) })),
  );
  await inEngine(engine.pool, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(7346103, 0)");
    await tx.query("delete from engine.functions where not (id = any($1))", [functions.map((fn) => fn.id)]);
    for (const fn of functions) {
      await tx.query(
        `insert into engine.functions (id, name, config, synced_at) values ($1, $2, $3, $4)
         on conflict (id) do update set name = excluded.name, config = excluded.config, synced_at = excluded.synced_at`,
        [fn.id, fn.name, toJson(fn), engine.now()],
      );
    }
    await tx.query(
      `delete from engine.crons c where not exists (
         select 1 from json_to_recordset($1) as g(function_id text, expression text) where g.function_id = c.function_id and g.expression = c.expression)`,
      [toJson(crons)],
    );
    await tx.query(
      `insert into engine.crons as c (function_id, expression, next_at)
       select function_id, expression, next_at from json_to_recordset($1) as g(function_id text, expression text, next_at timestamptz)
       on conflict (function_id, expression) do update set next_at = least(c.next_at, excluded.next_at)`,
      [toJson(crons)],
    );
  });
}

/** Forgets event ids that no longer count, runs that completed two days ago and runs that failed two weeks ago. */
export async function forgetOld(engine: EngineContext): Promise<void> {
  const before = (ms: number): Date => new Date(engine.now().getTime() - ms);
  await engine.pool.query("delete from engine.event_ids where received_at < $1", [before(DEDUPE_MS)]);
  // An allowance that is not overdrawn any more is as good as a new one.
  await engine.pool.query("delete from engine.paces where tat < $1", [before(0).getTime()]);
  for (;;) {
    // In pieces, so that a busy day's runs do not hold everybody up.
    const { rowCount } = await engine.pool.query(
      `delete from engine.runs where id in (
         select id from engine.runs where ended_at < $1 and (status = 'completed' or ended_at < $2) limit $3)`,
      [before(KEEP_COMPLETED_MS), before(KEEP_FAILED_MS), FORGET_AT_ONCE],
    );
    if ((rowCount ?? 0) < FORGET_AT_ONCE) return;
  }
}

/**
 * The sweep twin of the queue: every live run has a job, a timer, a place in the line or a step that is out. One that
 * has none of them (it takes two crashes at once) gets its job back.
 */
export async function healStuck(engine: EngineContext): Promise<number> {
  return inEngine(engine.pool, async (tx) => {
    const { rows } = await tx.query<Job>(
      `with queued as (select payload->>'run' as run, payload->>'step' as step from graphile_worker._private_jobs),
       live as (select id, turn from engine.runs r where status in ('queued', 'running') and queued_at < $1
                and not exists (select 1 from engine.timers t where t.run_id = r.id and t.kind in ('job', 'wake')) and not exists (select 1 from engine.waiting w where w.run_id = r.id)),
       lost as (
         select l.id as run, '' as step, l.turn from live l
         where not exists (select 1 from engine.steps s where s.run_id = l.id and s.status in ('planned', 'sleeping', 'waiting'))
         union all
         select s.run_id, s.step_id, s.turn from live l join engine.steps s on s.run_id = l.id and s.status = 'planned')
       select run, step, turn from lost where not exists (select 1 from queued q where q.run = lost.run::text and q.step = lost.step)`,
      [new Date(engine.now().getTime() - STUCK_AFTER_MS)],
    );
    await addJobs(tx, rows);
    if (rows.length > 0) logger.warn({ runs: rows.length }, "runs without a job were put on the queue again");
    return rows.length;
  });
}
