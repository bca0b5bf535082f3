import type pg from "pg";
import { failPoint } from "#server/core/fail-point.ts";
import type { BegunJob } from "./begin-job.ts";
import { type EngineContext, toJson, transact } from "./context.ts";
import type { Failure, Reading } from "./domain/read-answer.ts";
import { retryAt } from "./domain/retry-times.ts";
import { endRun } from "./end-run.ts";
import { goOn } from "./go-on.ts";
import { release } from "./limits.ts";
import { openSteps } from "./open-steps.ts";
import { recordFinished } from "./record-steps.ts";
import { setTimers } from "./set-timers.ts";

/**
 * Records what one call of a function said, in one transaction under the run's row lock: the results, what follows, the
 * places given back. Before the commit nothing happened; after it a repetition of the job is a leftover.
 */
export async function applyAnswer(outer: EngineContext, job: BegunJob, reading: Reading): Promise<void> {
  if (reading.kind === "returned" && reading.finished.length === 0 && endsPlainly(outer, job)) {
    // The common end: nothing but the run's own row changes, so one statement does it, or finds that it may not.
    failPoint("engine.before-apply-commit");
    await completeAtOnce(outer, job, reading.output);
    failPoint("engine.after-apply-commit");
    return;
  }
  await transact(outer, async (tx, engine) => {
    const standing = await lockRun(tx, job);
    if (standing === "taken-over") return;
    if (standing === "current") await (job.step ? applyToStep(tx, engine, job, reading) : applyToRun(tx, engine, job, reading));
    if (job.isLimited) await release(tx, engine, { run: job.run, step: job.step });
    failPoint("engine.before-apply-commit");
  });
  failPoint("engine.after-apply-commit");
}

/** Nobody but the run itself is concerned by its end. */
function endsPlainly(engine: EngineContext, job: BegunJob): boolean {
  const fn = engine.functions.get(job.functionId);
  const hasTies = !fn || fn.cancels.length > 0 || fn.startTimeoutMs !== null || fn.finishTimeoutMs !== null;
  return !hasTies && !job.isLimited && !job.step && job.invokers.length === 0 && !engine.listeners.has("inngest/function.finished");
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
           from engine.runs r where r.id = $1 for no key update`,
    values: [job.run, job.step, job.dispatch, job.turn],
  });
  if (!rows[0]?.live) return "ended";
  return rows[0].mine ? "current" : "taken-over";
}

async function applyToRun(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, reading: Reading): Promise<void> {
  const now = engine.now();
  if (reading.kind === "threw") return failTurn(tx, engine, job, reading.failure, null);
  await recordFinished(tx, job.run, reading.finished, now);
  if (reading.kind === "returned") return endRun(tx, engine, job, { status: "completed", output: reading.output, at: now });

  if (reading.failing) return failTurn(tx, engine, job, reading.failing.failure, reading.failing.step);
  await openSteps(tx, engine, job, reading);
  await goOn(tx, job.run);
}

/** One planned step ran alone. */
async function applyToStep(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, reading: Reading): Promise<void> {
  const now = engine.now();
  const result = reading.kind === "went-on" ? reading.finished.find((step) => step.id === job.step) : undefined;
  if (result) {
    await recordFinished(tx, job.run, [result], now);
    return goOn(tx, job.run, { isRace: job.isRace });
  }
  const failure: Failure =
    reading.kind === "threw"
      ? reading.failure
      : reading.kind === "went-on" && reading.failing
        ? reading.failing.failure
        : { error: { name: "Error", message: "The step was not found in the function." }, isFinal: false, retryAfter: null };
  if (failure.isFinal || isLastAttempt(engine, job)) {
    await recordFinished(tx, job.run, [{ id: job.step, name: job.step, op: "StepFailed", data: null, error: failure.error }], now);
    return goOn(tx, job.run, { isRace: job.isRace });
  }
  const at = retryAt({ now, attempt: job.attempt, retryAfter: failure.retryAfter, dice: engine.dice() });
  const { rows } = await tx.query<{ turn: number }>({
    name: "engine-retry-step",
    text: "update engine.steps set attempt = attempt + 1, turn = turn + 1, error = $3 where run_id = $1 and step_id = $2 returning turn",
    values: [job.run, job.step, toJson(failure.error)],
  });
  await setTimers(tx, engine, [{ at, kind: "job", run: job.run, step: job.step, turn: rows[0]?.turn ?? 0 }]);
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
  if (isLast) return endRun(tx, engine, job, { status: "failed", error: failure.error, at: now });
  const at = retryAt({ now, attempt: job.attempt, retryAfter: failure.retryAfter, dice: engine.dice() });
  const { rows } = await tx.query<{ turn: number }>({
    name: "engine-retry-turn",
    text: "update engine.runs set attempt = attempt + 1, turn = turn + 1, status = 'queued', error = $2, retry_at = $3 where id = $1 returning turn",
    values: [job.run, toJson(failure.error), at],
  });
  await setTimers(tx, engine, [{ at, kind: "job", run: job.run, step: "", turn: rows[0]?.turn ?? 0 }]);
}

function isLastAttempt(engine: EngineContext, job: BegunJob): boolean {
  return job.attempt + 1 >= (engine.functions.get(job.functionId)?.maxAttempts ?? 1);
}
