import type { InngestFunction } from "inngest";
import { inSweep } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { inlineRuns, inngest, isEngineEmbedded } from "./client.ts";
import { type FinishedStep, finishedStep, readAnswer } from "./engine/domain/read-answer.ts";
import { endEvent, FAILED } from "./engine/intake.ts";
import { checkpointBody, type EngineEvent, type EngineFunction } from "./engine/schema.ts";
import { createSdkCaller } from "./engine/sdk-call.ts";
import { listenersOf, startedBy } from "./engine/triggers.ts";

/**
 * A sandbox run drives its workspace by itself, so that the same seed tells the same story: what is due, then the events that
 * this caused, in the order they were written, one function after the other, in this process, and only then does the
 * clock move on. Each event leaves the outbox after its functions ran, so a crash repeats it.
 */
let provided: { functions: InngestFunction.Any[]; runner: Promise<InlineRunner> | null } | undefined;

/** The registry calls this when it is loaded, so that nothing here imports all of the product. */
export function provideFunctions(functions: InngestFunction.Any[]): void {
  provided = { functions, runner: null };
}

const HOLD_S = 60;
const MOST_CALLS = 1_200;
const BATCH = 200;

/** Keeps the relay away from this workspace's events while `work` runs. The hold ends by itself when the process dies. */
export async function withHeldEvents<T>(workspaceId: WorkspaceId, work: () => Promise<T>): Promise<T> {
  await hold(workspaceId);
  const renewal = setInterval(() => void hold(workspaceId).catch(() => undefined), (HOLD_S * 1_000) / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await inSweep((tx) => tx.$executeRaw`delete from engine.held_workspaces where workspace_id = ${workspaceId}::uuid`);
    await inSweep((tx) => tx.$executeRaw`select pg_notify('outbox', '')`);
  }
}

async function hold(workspaceId: WorkspaceId): Promise<void> {
  await inSweep(
    (tx) => tx.$executeRaw`
      insert into engine.held_workspaces (workspace_id, until) values (${workspaceId}::uuid, clock_timestamp() + make_interval(secs => ${HOLD_S}))
      on conflict (workspace_id) do update set until = excluded.until`,
  );
}

type OutboxRow = { id: bigint; eventId: string; name: string; data: Record<string, unknown>; createdAt: Date };

/**
 * Runs the functions of everything in this workspace's outbox, and of what that causes, until it is empty.
 * Call it inside withHeldEvents.
 * @returns how many events there were
 */
export async function settleEvents(workspaceId: WorkspaceId): Promise<number> {
  const runner = await inlineRunner();
  for (let count = 0; ; ) {
    // What an event causes is written behind all that were there before, so a batch keeps the order.
    const rows = await inSweep(
      (tx) => tx.$queryRaw<OutboxRow[]>`
        select id, event_id as "eventId", name, data, created_at as "createdAt" from outbox
        where workspace_id = ${workspaceId}::uuid order by id limit ${BATCH}`,
    );
    if (rows.length === 0) return count;
    for (const row of rows) await runner.run({ id: row.eventId, name: row.name, data: row.data, ts: row.createdAt.getTime() });
    await inSweep((tx) => tx.$executeRaw`delete from outbox where id = any(${rows.map((row) => row.id)}::bigint[])`);
    count += rows.length;
  }
}

/** Its message may quote what it failed on. */
function nameOf(error: unknown): unknown {
  return (error as { name?: unknown } | null)?.name;
}

type InlineRunner = { run: (event: EngineEvent) => Promise<void> };

async function inlineRunner(): Promise<InlineRunner> {
  if (!provided) throw new Error("No functions were provided: call provideFunctions first.");
  provided.runner ??= createInlineRunner(provided.functions);
  return provided.runner;
}

async function createInlineRunner(functions: InngestFunction.Any[]): Promise<InlineRunner> {
  const caller = createSdkCaller(inngest, functions);
  const listeners = listenersOf(await caller.readFunctions());

  async function run(event: EngineEvent): Promise<void> {
    for (const fn of startedBy({ listeners }, event)) {
      const error = await runOne(fn, event);
      if (error === null) continue;
      logger.error({ functionId: fn.id, problem: nameOf(error) }, "a job failed during a sandbox run");
      const failed = { id: event.id, turn: 1, functionId: fn.id, events: [event] };
      await run(endEvent(failed, { name: FAILED, error, now: new Date(event.ts) }));
    }
  }

  /** Steps in memory; failures are tried again at once. Returns the error that ended it, or null. */
  async function runOne(fn: EngineFunction, event: EngineEvent): Promise<unknown> {
    const runId = `inline-${newId()}`;
    const steps: Record<string, unknown> = {};
    const keep = (finished: readonly FinishedStep[]): void => {
      for (const step of finished)
        steps[step.id] = step.error === null ? { type: "data", data: step.data } : { type: "error", error: step.error };
    };
    inlineRuns.set(runId, (report) => keep(checkpointBody.parse(report).steps.map(finishedStep)));
    try {
      return await callUntilDone(fn, event, runId, steps, keep);
    } finally {
      inlineRuns.delete(runId);
    }
  }

  async function callUntilDone(
    fn: EngineFunction,
    event: EngineEvent,
    runId: string,
    steps: Record<string, unknown>,
    keep: (finished: readonly FinishedStep[]) => void,
  ): Promise<unknown> {
    let attempt = 0;
    let stepId = "";
    const planned: string[] = [];
    for (let calls = 0; calls < MOST_CALLS; calls++) {
      const order = Object.keys(steps);
      const ctx = {
        run_id: runId,
        attempt,
        max_attempts: fn.maxAttempts,
        disable_immediate_execution: stepId !== "",
        use_api: false,
        stack: { stack: order, current: order.length },
        // The function then goes on from step to step within one call, and reports each to us.
        ...(isEngineEmbedded && stepId === "" && { fn_id: fn.id, qi_id: runId }),
      };
      const answer = await caller.call({ functionId: fn.id, stepId, body: { event, events: [event], steps, version: 2, ctx } });
      const reading = readAnswer(answer, new Date(event.ts));
      if (reading.kind === "returned") return null;
      const failure = reading.kind === "threw" ? reading.failure : reading.failing?.failure;
      if (failure && (failure.isFinal || attempt + 1 >= fn.maxAttempts)) return failure.error;
      if (reading.kind === "went-on") {
        const pauses = reading.sleeping.length + reading.waiting.length + reading.invoking.length;
        if (pauses > 0) return { name: "Error", message: "A job of the product may not sleep or wait: use a due row." };
        keep(reading.finished);
        planned.push(...reading.planned.map((step) => step.id));
      }
      attempt = failure ? attempt + 1 : 0;
      if (!failure) stepId = planned.shift() ?? "";
    }
    return { name: "Error", message: `The function "${fn.id}" did not end.` };
  }
  return { run };
}
