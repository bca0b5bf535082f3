import type pg from "pg";
import { type EngineContext, inEngine } from "./context.ts";
import { admit, release } from "./limits.ts";
import type { Job } from "./schema.ts";

type KnownStep = { id: string; status: "done" | "failed"; data: unknown; error: unknown };

/** A job whose turn it is. `dispatch` says which execution this is: only the newest may report. */
export type BegunJob = Job & {
  functionId: string;
  event: unknown;
  attempt: number;
  dispatch: number;
  isLimited: boolean;
  known: KnownStep[];
};

const KNOWN_STEPS = `coalesce((select json_agg(json_build_object('id', step_id, 'status', status, 'data', data, 'error', error) order by finished)
  from engine.steps s where s.run_id = r.id and s.status in ('done', 'failed')), '[]'::json) as known`;

// $4: also where a limit applies. Without limits one statement is all it takes.
const BEGIN_TURN = `
  with r as (
    update engine.runs set status = 'running', dispatch = dispatch + 1, started_at = coalesce(started_at, $3), retry_at = null
    where id = $1 and turn = $2 and status in ('queued', 'running') and ($4 or cardinality(limit_keys) = 0)
    returning id, function_id, event, attempt, dispatch, cardinality(limit_keys) > 0 as limited)
  select r.function_id, r.event, r.attempt, r.dispatch, r.limited, ${KNOWN_STEPS} from r`;

const BEGIN_STEP = `
  with s as (
    update engine.steps t set dispatch = t.dispatch + 1 from engine.runs g
    where t.run_id = $1 and t.step_id = $5 and t.turn = $2 and t.status = 'planned' and g.id = t.run_id and g.status in ('queued', 'running')
      and ($4 or cardinality(g.limit_keys) = 0) and $3::timestamptz is not null
    returning t.run_id, t.attempt, t.dispatch),
  r as (
    select g.id, g.function_id, g.event, s.attempt, s.dispatch, cardinality(g.limit_keys) > 0 as limited from s join engine.runs g on g.id = s.run_id)
  select r.function_id, r.event, r.attempt, r.dispatch, r.limited, ${KNOWN_STEPS} from r`;

type Row = { function_id: string; event: unknown; attempt: number; dispatch: number; limited: boolean; known: KnownStep[] };

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
    await tx.query({ name: "engine-lock-run", text: "select 1 from engine.runs where id = $1 for update", values: [job.run] });
    return (await admit(tx, fn, job, found.keys)) ? begin(tx, engine, job, { limited: true }) : null;
  });
}

async function begin(db: Pick<pg.Pool, "query">, engine: EngineContext, job: Job, where: { limited: boolean }): Promise<BegunJob | null> {
  const values = [job.run, job.turn, engine.now(), where.limited];
  const { rows } = job.step
    ? await db.query<Row>({ name: "engine-begin-step", text: BEGIN_STEP, values: [...values, job.step] })
    : await db.query<Row>({ name: "engine-begin-turn", text: BEGIN_TURN, values });
  const row = rows[0];
  if (!row) return null;
  return {
    ...job,
    functionId: row.function_id,
    event: row.event,
    attempt: row.attempt,
    dispatch: row.dispatch,
    isLimited: row.limited,
    known: row.known,
  };
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
