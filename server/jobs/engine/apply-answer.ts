import type pg from "pg";
import { failPoint } from "#server/core/fail-point.ts";
import type { BegunJob } from "./begin-job.ts";
import { addJobs, type EngineContext, inEngine, toJson } from "./context.ts";
import type { Failure, Reading } from "./domain/read-answer.ts";
import { retryAt } from "./domain/retry-times.ts";
import { failureEvent, takeEvents } from "./intake.ts";
import { release } from "./limits.ts";
import { recordFinished } from "./record-steps.ts";

/**
 * Records what one call of a function said, in one transaction under the run's row lock: the results, what follows, the
 * places given back. Before the commit nothing happened; after it a repetition of the job is a leftover.
 */
export async function applyAnswer(outer: EngineContext, job: BegunJob, reading: Reading): Promise<void> {
  if (reading.kind === "returned" && reading.finished.length === 0 && !job.isLimited && !job.step) {
    // The common end: nothing but the run's own row changes, so one statement does it, or finds that it may not.
    failPoint("engine.before-apply-commit");
    await completeAtOnce(outer, job, reading.output);
    failPoint("engine.after-apply-commit");
    return;
  }
  const timers: Date[] = [];
  // The clockwork hears of a timer only when it can see it.
  const engine = { ...outer, timerSet: (at: Date) => timers.push(at) };
  await inEngine(engine.pool, async (tx) => {
    const standing = await lockRun(tx, job);
    if (standing === "taken-over") return;
    if (standing === "current") await (job.step ? applyToStep(tx, engine, job, reading) : applyToRun(tx, engine, job, reading));
    if (job.isLimited) await release(tx, engine, { run: job.run, step: job.step });
    failPoint("engine.before-apply-commit");
  });
  failPoint("engine.after-apply-commit");
  for (const at of timers) outer.timerSet(at);
}

async function completeAtOnce(engine: EngineContext, job: BegunJob, output: unknown): Promise<void> {
  await engine.pool.query({
    name: "engine-complete-at-once",
    text: `update engine.runs set status = 'completed', output = $4, error = null, ended_at = $5, retry_at = null
           where id = $1 and dispatch = $2 and turn = $3 and status = 'running'`,
    values: [job.run, job.dispatch, job.turn, toJson(output), engine.now()],
  });
}

/** "taken-over": another execution of this job is the one that counts. "ended": the run was cancelled meanwhile. */
async function lockRun(tx: pg.ClientBase, job: BegunJob): Promise<"current" | "taken-over" | "ended"> {
  const { rows } = await tx.query<{ live: boolean; mine: boolean }>({
    name: "engine-lock-run-of",
    text: `select r.status in ('queued', 'running') as live,
             case when $2 = '' then r.dispatch = $3 and r.turn = $4
             else exists (select 1 from engine.steps s where s.run_id = r.id and s.step_id = $2 and s.dispatch = $3 and s.turn = $4 and s.status = 'planned') end as mine
           from engine.runs r where r.id = $1 for update`,
    values: [job.run, job.step, job.dispatch, job.turn],
  });
  if (!rows[0]?.live) return "ended";
  return rows[0].mine ? "current" : "taken-over";
}

async function applyToRun(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, reading: Reading): Promise<void> {
  const now = engine.now();
  if (reading.kind === "threw") return failTurn(tx, engine, job, reading.failure, null);
  await recordFinished(tx, job.run, reading.finished, now);
  if (reading.kind === "returned") return endRun(tx, job, { status: "completed", output: reading.output, at: now });

  if (reading.failing) return failTurn(tx, engine, job, reading.failing.failure, reading.failing.step);
  await planSteps(tx, job.run, reading.planned);
  for (const sleep of reading.sleeping) await putToSleep(tx, engine, job.run, sleep);
  await goOn(tx, job.run);
}

/** One planned step ran alone. */
async function applyToStep(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, reading: Reading): Promise<void> {
  const now = engine.now();
  const result = reading.kind === "went-on" ? reading.finished.find((step) => step.id === job.step) : undefined;
  if (result) {
    await recordFinished(tx, job.run, [result], now);
    return goOn(tx, job.run);
  }
  const failure: Failure =
    reading.kind === "threw"
      ? reading.failure
      : reading.kind === "went-on" && reading.failing
        ? reading.failing.failure
        : { error: { name: "Error", message: "The step was not found in the function." }, isFinal: false, retryAfter: null };
  if (failure.isFinal || isLastAttempt(engine, job)) {
    await recordFinished(tx, job.run, [{ id: job.step, name: job.step, op: "StepFailed", data: null, error: failure.error }], now);
    return goOn(tx, job.run);
  }
  const at = retryAt({ now, attempt: job.attempt, retryAfter: failure.retryAfter, dice: engine.dice() });
  const { rows } = await tx.query<{ turn: number }>({
    name: "engine-retry-step",
    text: "update engine.steps set attempt = attempt + 1, turn = turn + 1, error = $3 where run_id = $1 and step_id = $2 returning turn",
    values: [job.run, job.step, toJson(failure.error)],
  });
  await setTimer(tx, engine, { at, kind: "job", run: job.run, step: job.step, turn: rows[0]?.turn ?? 0 });
}

/** The function threw, or the step it was running did. */
async function failTurn(
  tx: pg.ClientBase,
  engine: EngineContext,
  job: BegunJob,
  failure: Failure,
  step: { id: string; name: string } | null,
): Promise<void> {
  const now = engine.now();
  const isLast = failure.isFinal || isLastAttempt(engine, job);
  if (isLast && step) {
    // User code may catch a step's failure, so the function is asked once more.
    await recordFinished(tx, job.run, [{ ...step, op: "StepFailed", data: null, error: failure.error }], now);
    return goOn(tx, job.run);
  }
  if (isLast) return failRun(tx, engine, job, failure.error);
  const at = retryAt({ now, attempt: job.attempt, retryAfter: failure.retryAfter, dice: engine.dice() });
  const { rows } = await tx.query<{ turn: number }>({
    name: "engine-retry-turn",
    text: "update engine.runs set attempt = attempt + 1, turn = turn + 1, status = 'queued', error = $2, retry_at = $3 where id = $1 returning turn",
    values: [job.run, toJson(failure.error), at],
  });
  await setTimer(tx, engine, { at, kind: "job", run: job.run, step: "", turn: rows[0]?.turn ?? 0 });
}

function isLastAttempt(engine: EngineContext, job: BegunJob): boolean {
  return job.attempt + 1 >= (engine.functions.get(job.functionId)?.maxAttempts ?? 1);
}

async function failRun(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, error: unknown): Promise<void> {
  const now = engine.now();
  await endRun(tx, job, { status: "failed", error, at: now });
  await takeEvents(tx, engine, [failureEvent({ id: job.run, turn: job.turn, functionId: job.functionId, event: job.event }, error, now)]);
}

async function endRun(
  tx: pg.ClientBase,
  job: BegunJob,
  end: { status: "completed" | "failed"; output?: unknown; error?: unknown; at: Date },
): Promise<void> {
  await tx.query({
    name: "engine-end-run",
    text: "update engine.runs set status = $2, output = $3, error = $4, ended_at = $5, retry_at = null where id = $1",
    values: [
      job.run,
      end.status,
      end.status === "completed" ? toJson(end.output) : null,
      end.status === "failed" ? toJson(end.error) : null,
      end.at,
    ],
  });
}

async function planSteps(tx: pg.ClientBase, runId: string, planned: readonly { id: string; name: string }[]): Promise<void> {
  if (planned.length === 0) return;
  const { rows } = await tx.query<{ step_id: string }>({
    name: "engine-plan-steps",
    text: `insert into engine.steps (run_id, step_id, name, op, status)
           select $1, id, name, 'StepPlanned', 'planned' from unnest($2::text[], $3::text[]) as g(id, name)
           on conflict do nothing returning step_id`,
    values: [runId, planned.map((step) => step.id), planned.map((step) => step.name)],
  });
  await addJobs(
    tx,
    rows.map((row) => ({ run: runId, step: row.step_id, turn: 1 })),
  );
}

async function putToSleep(
  tx: pg.ClientBase,
  engine: EngineContext,
  runId: string,
  sleep: { id: string; name: string; wakeAt: Date },
): Promise<void> {
  const { rowCount } = await tx.query({
    name: "engine-sleep",
    text: "insert into engine.steps (run_id, step_id, name, op, status, wake_at) values ($1, $2, $3, 'Sleep', 'sleeping', $4) on conflict do nothing",
    values: [runId, sleep.id, sleep.name, sleep.wakeAt],
  });
  if (rowCount) await setTimer(tx, engine, { at: sleep.wakeAt, kind: "wake", run: runId, step: sleep.id, turn: 1 });
}

type Timer = { at: Date; kind: "job" | "wake"; run: string; step: string; turn: number };

async function setTimer(tx: pg.ClientBase, engine: EngineContext, timer: Timer): Promise<void> {
  await tx.query({
    name: "engine-set-timer",
    text: "insert into engine.timers (at, kind, run_id, step_id, turn) values ($1, $2, $3, $4, $5)",
    values: [timer.at, timer.kind, timer.run, timer.step, timer.turn],
  });
  engine.timerSet(timer.at);
}

/** Asks the function what comes next, unless steps are still out: then the last of them asks. Needs the run's row lock. */
export async function goOn(tx: pg.ClientBase, runId: string): Promise<void> {
  const { rows } = await tx.query<{ turn: number }>({
    name: "engine-go-on",
    text: `update engine.runs set turn = turn + 1, attempt = 0, status = 'queued'
           where id = $1 and not exists (select 1 from engine.steps where run_id = $1 and status in ('planned', 'sleeping')) returning turn`,
    values: [runId],
  });
  if (rows[0]) return addJobs(tx, [{ run: runId, step: "", turn: rows[0].turn }]);
  // Nothing to do until a step ends. The turn moves on so that a leftover of this job finds nothing.
  await tx.query({
    name: "engine-pause",
    text: "update engine.runs set turn = turn + 1, attempt = 0, status = 'queued' where id = $1",
    values: [runId],
  });
}
