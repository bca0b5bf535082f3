import { failPoint } from "#server/core/fail-point.ts";
import { logger } from "#server/core/logger.ts";
import { applyAnswer } from "./apply-answer.ts";
import { type BegunJob, beginJob } from "./begin-job.ts";
import { doChore } from "./chores.ts";
import type { EngineContext } from "./context.ts";
import { readAnswer, type SdkAnswer } from "./domain/read-answer.ts";
import { chore, jobPayload } from "./schema.ts";

/** One job from the queue: begin it, call the function, record what it said. Every gap between the three may be a crash. */
export async function runJob(engine: EngineContext, payload: unknown): Promise<void> {
  const asChore = chore.safeParse(payload);
  if (asChore.success) return doChore(engine, asChore.data);
  const job = await beginJob(engine, jobPayload.parse(payload));
  if (!job) return;
  failPoint("engine.job-begun");
  const answer = await callFunction(engine, job);
  failPoint("engine.function-answered");
  await applyAnswer(engine, job, readAnswer(answer, engine.now()));
}

async function callFunction(engine: EngineContext, job: BegunJob): Promise<SdkAnswer> {
  const fn = engine.functions.get(job.functionId);
  if (!fn) {
    const error = { name: "Error", message: `There is no function "${job.functionId}" in this release.` };
    return { status: 400, noRetry: true, retryAfter: null, body: error };
  }
  const steps = job.known.map(({ id, status, data, error }) => [id, status === "done" ? { type: "data", data } : { type: "error", error }]);
  const order = job.known.map(({ id }) => id);
  try {
    return await engine.call({
      functionId: job.functionId,
      stepId: job.step,
      body: {
        event: job.event,
        events: job.events,
        steps: Object.fromEntries(steps),
        version: 2,
        ctx: {
          run_id: job.run,
          attempt: job.attempt,
          max_attempts: fn.maxAttempts,
          // While others are out nothing may run within this call: its answer can be overtaken.
          disable_immediate_execution: job.step !== "" || job.hasOut,
          use_api: false,
          stack: { stack: order, current: order.length },
          // A lone planned step is not checkpointed: its answer is recorded with what follows.
          ...(job.step === "" && !job.hasOut && { fn_id: job.functionId, qi_id: String(job.dispatch) }),
        },
      },
    });
  } catch (error) {
    logger.error({ err: error, functionId: job.functionId }, "a job function could not be called");
    return { status: 500, noRetry: false, retryAfter: null, body: { name: "Error", message: "The function could not be called." } };
  }
}
