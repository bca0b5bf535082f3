import type pg from "pg";
import { addJobs, type EngineContext, toJson } from "./context.ts";
import { CANCELLED, endEvent, FAILED, takeEvents } from "./intake.ts";
import type { Invoker } from "./schema.ts";

const FINISHED = "inngest/function.finished";

/** Ends of runs that were themselves told of an end are not told on: nothing can chase its own tail. */
const TOLD = new Set([FAILED, CANCELLED, FINISHED]);

export type EndingRun = {
  run: string;
  turn: number;
  functionId: string;
  event: unknown;
  events: readonly unknown[];
  invokers: readonly Invoker[];
};
export type End =
  | { status: "completed"; output: unknown; at: Date }
  | { status: "failed"; error: unknown; at: Date }
  | { status: "cancelled"; at: Date };

/** Needs the run's row lock. Places under a limit go back with the run's job, not here. */
export async function endRun(tx: pg.ClientBase, engine: EngineContext, run: EndingRun, end: End): Promise<void> {
  await tx.query({
    name: "engine-end-run",
    text: "update engine.runs set status = $2, output = $3, error = $4, ended_at = $5, retry_at = null where id = $1",
    values: [
      run.run,
      end.status,
      end.status === "completed" ? toJson(end.output) : null,
      end.status === "failed" ? toJson(end.error) : null,
      end.at,
    ],
  });
  await afterEnd(tx, engine, run, end);
}

/** What an end causes: nothing waits for the run's sake any more, and whoever waits for the run hears of it. */
export async function afterEnd(tx: pg.ClientBase, engine: EngineContext, run: EndingRun, end: End): Promise<void> {
  await tx.query({ name: "engine-end-waits", text: "delete from engine.waits where run_id = $1", values: [run.run] });
  await tx.query({ name: "engine-end-timers", text: "delete from engine.timers where run_id = $1", values: [run.run] });
  await addJobs(
    tx,
    run.invokers.map((one) => ({ do: "resume", run: one.run, step: one.step, child: run.run })),
  );
  const cause: unknown = typeof run.event === "object" && run.event !== null ? Reflect.get(run.event, "name") : null;
  if (TOLD.has(String(cause))) return;
  const about = { id: run.run, turn: run.turn, functionId: run.functionId, events: run.events };
  const error = end.status === "failed" ? end.error : null;
  const told = [
    ...(end.status === "failed" ? [endEvent(about, { name: FAILED, error, now: end.at })] : []),
    ...(end.status === "cancelled" ? [endEvent(about, { name: CANCELLED, error, now: end.at })] : []),
    ...(engine.listeners.has(FINISHED) ? [withResult(endEvent(about, { name: FINISHED, error, now: end.at }), end)] : []),
  ];
  await takeEvents(tx, engine, told);
}

function withResult<T extends { data: Record<string, unknown> }>(event: T, end: End): T {
  return end.status === "completed" ? { ...event, data: { ...event.data, result: end.output } } : event;
}
