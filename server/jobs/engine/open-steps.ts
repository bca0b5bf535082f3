import type pg from "pg";
import { newId } from "#server/core/ids.ts";
import type { BegunJob } from "./begin-job.ts";
import { addJobs, type EngineContext } from "./context.ts";
import type { FinishedStep, Reading, Step } from "./domain/read-answer.ts";
import { INVOKED, invoke } from "./intake.ts";
import { recordFinished } from "./record-steps.ts";
import { setTimers } from "./set-timers.ts";
import { addWaits } from "./waits.ts";

type WentOn = Extract<Reading, { kind: "went-on" }>;
type OutStep = Step & { op: string; status: "planned" | "sleeping" | "waiting"; until: Date | null };

/** Writes down the steps that are now out, each once however often the function names it, and sets going what ends them. */
export async function openSteps(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, reading: WentOn): Promise<void> {
  const out: OutStep[] = [
    ...reading.planned.map((step) => ({ ...step, op: "StepPlanned", status: "planned" as const, until: null })),
    ...reading.sleeping.map((step) => ({ ...step, op: "Sleep", status: "sleeping" as const, until: step.wakeAt })),
    ...reading.waiting.map((step) => ({ ...step, op: "WaitForEvent", status: "waiting" as const, until: step.until })),
    ...reading.invoking.map((step) => ({ ...step, op: "InvokeFunction", status: "waiting" as const, until: step.until })),
  ];
  const opened = await insertSteps(tx, job.run, out);
  if (opened.size === 0) return;
  const isNew = (step: { id: string }): boolean => opened.has(step.id);
  await addJobs(
    tx,
    reading.planned.filter(isNew).map((step) => ({ run: job.run, step: step.id, turn: 1 })),
  );
  await setTimers(
    tx,
    engine,
    out
      .filter(isNew)
      .flatMap((step) => (step.until ? [{ at: step.until, kind: "wake" as const, run: job.run, step: step.id, turn: 1 }] : [])),
  );
  await addWaits(
    tx,
    reading.waiting.filter(isNew).map((step) => ({
      ...{ event: step.event, kind: "step" as const, run: job.run, step: step.id },
      ...{ expression: step.if, expiresAt: step.until, cause: job.event },
    })),
  );
  for (const step of reading.invoking.filter(isNew)) await startInvoked(tx, engine, job, step);
}

async function insertSteps(tx: pg.ClientBase, run: string, steps: readonly OutStep[]): Promise<Set<string>> {
  if (steps.length === 0) return new Set();
  const { rows } = await tx.query<{ step_id: string }>({
    name: "engine-open-steps",
    text: `insert into engine.steps (run_id, step_id, name, op, status, wake_at, race)
           select $1, id, name, op, status, until, race
           from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[]) as g(id, name, op, status, until, race)
           on conflict do nothing returning step_id`,
    values: [
      run,
      steps.map((step) => step.id),
      steps.map((step) => step.name),
      steps.map((step) => step.op),
      steps.map((step) => step.status),
      steps.map((step) => step.until),
      steps.map((step) => step.isRace),
    ],
  });
  return new Set(rows.map((row) => row.step_id));
}

async function startInvoked(tx: pg.ClientBase, engine: EngineContext, job: BegunJob, step: WentOn["invoking"][number]): Promise<void> {
  const fn = engine.functions.get(step.functionId);
  const event = { id: newId(), name: INVOKED, data: step.data, ts: engine.now().getTime() };
  const isStarted = fn && (await invoke(tx, engine, fn, event, { run: job.run, step: step.id }));
  if (isStarted) return;
  const message = fn ? "invoked function is rate limited" : `could not find function with ID: ${step.functionId}`;
  const failed: FinishedStep = { ...step, op: "InvokeFunction", data: null, error: { name: "Error", message } };
  await recordFinished(tx, job.run, [failed], engine.now());
}
