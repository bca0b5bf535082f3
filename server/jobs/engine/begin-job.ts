import type pg from "pg";
import * as z from "zod";
import { type EngineContext, inEngine } from "./context.ts";
import { admit, release } from "./limits.ts";
import { type Invoker, invoker, type Job } from "./schema.ts";

type KnownStep = { id: string; status: "done" | "failed"; data: unknown; error: unknown };

/** A job whose turn it is. `dispatch` says which execution this is: only the newest may report. */
export type BegunJob = Job & {
  functionId: string;
  event: unknown;
  /** all of a batch; else the one */
  events: unknown[];
  invokers: readonly Invoker[];
  attempt: number;
  dispatch: number;
  isLimited: boolean;
  /** other steps are out: the function is asked while they run */
  hasOut: boolean;
  isRace: boolean;
  known: KnownStep[];
};

const KNOWN_STEPS = `coalesce((select json_agg(json_build_object('id', step_id, 'status', status, 'data', data, 'error', error) order by finished)
  from engine.steps s where s.run_id = r.id and s.status in ('done', 'failed')), '[]'::json) as known`;

const RUN = "function_id, event, events, invokers, cardinality(limit_keys) > 0 as limited";

// $4: also where a limit applies. Without limits one statement is all it takes. $5: function → its finish timeout in ms,
// which counts from the first dispatch.
const BEGIN_TURN = `
  with r as (
    update engine.runs set status = 'running', dispatch = dispatch + 1, started_at = coalesce(started_at, $3), retry_at = null
    where id = $1 and turn = $2 and status in ('queued', 'running') and ($4 or cardinality(limit_keys) = 0)
    returning id, attempt, dispatch, ${RUN}),
  t as (
    insert into engine.timers (at, kind, run_id, step_id, turn)
    select $3::timestamptz + make_interval(secs => ($5::json->>r.function_id)::float8 / 1000), 'finish', r.id, '', 0
    from r where r.dispatch = 1 and $5::json->>r.function_id is not null)
  select r.*, false as race, ${KNOWN_STEPS},
    exists (select 1 from engine.steps s where s.run_id = r.id and s.status in ('planned', 'sleeping', 'waiting')) as out from r`;

const BEGIN_STEP = `
  with s as (
    update engine.steps t set dispatch = t.dispatch + 1 from engine.runs g
    where t.run_id = $1 and t.step_id = $5 and t.turn = $2 and t.status = 'planned' and g.id = t.run_id and g.status in ('queued', 'running')
      and ($4 or cardinality(g.limit_keys) = 0) and $3::timestamptz is not null
    returning t.run_id, t.attempt, t.dispatch, t.race),
  r as (
    select g.id, s.attempt, s.dispatch, s.race, ${RUN} from s join engine.runs g on g.id = s.run_id)
  select r.*, ${KNOWN_STEPS}, false as out from r`;

type Row = {
  function_id: string;
  event: unknown;
  events: unknown[] | null;
  invokers: unknown;
  attempt: number;
  dispatch: number;
  limited: boolean;
  race: boolean;
  out: boolean;
  known: KnownStep[];
};

/**
 * Starts a job, or says that there is nothing to do: it is a leftover (the run has moved on or ended), or it has to wait
 * for a place under a limit and now stands in the line.
 */
export async function beginJob(engine: EngineContext, job: Job): Promise<BegunJob | null> {
  const begun = await begin(engine.pool, engine, job, { limited: false });
  if (begun) return begun;
  const found = await limitsOf(engine.pool, job);
  if (found === null) {
    await inEngine(engine.pool, (tx) => release(tx, engine, job));
    return null;
  }
  const fn = engine.functions.get(found.functionId);
  if (!fn || found.keys.length !== fn.limits.length) return begin(engine.pool, engine, job, { limited: true });
  return inEngine(engine.pool, async (tx) => {
    // The run's row is locked before its function: every transaction takes the two in this order.
    const { rows } = await tx.query<{ live: boolean }>({
      name: "engine-lock-run",
      text: "select status in ('queued', 'running') as live from engine.runs where id = $1 for no key update",
      values: [job.run],
    });
    if (!rows[0]?.live) {
      // Cancelled a moment ago: a place would be nobody's, and one that it was given goes back.
      await release(tx, engine, job);
      return null;
    }
    return (await admit(tx, engine, fn, job, found.keys)) ? begin(tx, engine, job, { limited: true }) : null;
  });
}

async function begin(db: Pick<pg.Pool, "query">, engine: EngineContext, job: Job, where: { limited: boolean }): Promise<BegunJob | null> {
  const values = [job.run, job.turn, engine.now(), where.limited];
  const { rows } = job.step
    ? await db.query<Row>({ name: "engine-begin-step", text: BEGIN_STEP, values: [...values, job.step] })
    : await db.query<Row>({ name: "engine-begin-turn", text: BEGIN_TURN, values: [...values, finishTimeouts(engine)] });
  const row = rows[0];
  if (!row) return null;
  const finishMs = engine.functions.get(row.function_id)?.finishTimeoutMs;
  if (!job.step && row.dispatch === 1 && finishMs) engine.timerSet(new Date(engine.now().getTime() + finishMs));
  return {
    ...job,
    functionId: row.function_id,
    event: row.event,
    events: row.events ?? [row.event],
    invokers: z.array(invoker).parse(row.invokers ?? []),
    attempt: row.attempt,
    dispatch: row.dispatch,
    isLimited: row.limited,
    hasOut: row.out,
    isRace: row.race,
    known: row.known,
  };
}

function finishTimeouts(engine: EngineContext): string | null {
  const timeouts = [...engine.functions.values()].flatMap((fn) => (fn.finishTimeoutMs === null ? [] : [[fn.id, fn.finishTimeoutMs]]));
  return timeouts.length === 0 ? null : JSON.stringify(Object.fromEntries(timeouts));
}

/** The limits this job is under; null when the job is a leftover. */
async function limitsOf(pool: pg.Pool, job: Job): Promise<{ functionId: string; keys: string[] } | null> {
  const { rows } = await pool.query<{ function_id: string; limit_keys: string[] }>({
    name: "engine-limits-of",
    text: `select function_id, limit_keys from engine.runs r where id = $1 and status in ('queued', 'running')
             and case when $2 = '' then r.turn = $3
                 else exists (select 1 from engine.steps s where s.run_id = r.id and s.step_id = $2 and s.turn = $3 and s.status = 'planned') end`,
    values: [job.run, job.step, job.turn],
  });
  return rows[0] ? { functionId: rows[0].function_id, keys: rows[0].limit_keys } : null;
}
