import type pg from "pg";
import { addJobs, type EngineContext, inEngine, toJson } from "./context.ts";
import type { FinishedStep } from "./domain/read-answer.ts";

/** Steps are finished once: the first result stands, whoever reports again. */
export async function recordFinished(tx: pg.ClientBase, runId: string, steps: readonly FinishedStep[], at: Date): Promise<void> {
  if (steps.length === 0) return;
  await tx.query({
    name: "engine-record-finished",
    text: `insert into engine.steps as s (run_id, step_id, name, op, status, data, error, ended_at, finished)
           select $1, id, name, op, status, data, error, $8, nextval('engine.finish_order')
           from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::json[], $7::json[]) as g(id, name, op, status, data, error)
           on conflict (run_id, step_id) do update
             set status = excluded.status, data = excluded.data, error = excluded.error, ended_at = excluded.ended_at, finished = excluded.finished
             where s.status in ('planned', 'sleeping', 'waiting')`,
    values: [runId, ...columns(steps), at],
  });
}

/**
 * What the SDK reports while it goes on: durable before the next step begins. One statement; it holds the run's row, and
 * does nothing for an execution that was given up (the SDK is then told to stop).
 */
export async function recordCheckpoint(
  pool: pg.Pool,
  report: { runId: string; dispatch: number; steps: readonly FinishedStep[]; at: Date },
): Promise<boolean> {
  const { rows } = await pool.query<{ current: boolean }>({
    name: "engine-checkpoint",
    text: `with run as (
             update engine.runs set attempt = 0 where id = $1 and dispatch = $9 and status = 'running' returning id),
           added as (
             insert into engine.steps (run_id, step_id, name, op, status, data, error, ended_at, finished)
             select run.id, g.id, g.name, g.op, g.status, g.data, g.error, $8, nextval('engine.finish_order')
             from run, unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::json[], $7::json[]) as g(id, name, op, status, data, error)
             on conflict do nothing)
           select exists (select 1 from run) as current`,
    values: [report.runId, ...columns(report.steps), report.at, report.dispatch],
  });
  return rows[0]?.current ?? false;
}

/**
 * Takes a run away from this process between two steps and puts it back on the queue, so that a stopping worker is done
 * in the time of one step and repeats none. Its places go along.
 */
export async function handBack(engine: EngineContext, run: { runId: string; dispatch: number }): Promise<boolean> {
  return inEngine(engine.pool, async (tx) => {
    const { rows } = await tx.query<{ turn: number }>(
      `update engine.runs set turn = turn + 1, dispatch = dispatch + 1, status = 'queued'
       where id = $1 and dispatch = $2 and status = 'running' returning turn`,
      [run.runId, run.dispatch],
    );
    const turn = rows[0]?.turn;
    if (turn === undefined) return false;
    await tx.query("update engine.slots set turn = $2 where run_id = $1 and step_id = ''", [run.runId, turn]);
    await addJobs(tx, [{ run: run.runId, step: "", turn }]);
    return true;
  });
}

function columns(steps: readonly FinishedStep[]): unknown[][] {
  return [
    steps.map((step) => step.id),
    steps.map((step) => step.name),
    steps.map((step) => step.op),
    steps.map((step) => (step.error === null ? "done" : "failed")),
    steps.map((step) => toJson(step.data)),
    steps.map((step) => (step.error === null ? null : toJson(step.error))),
  ];
}
