import type pg from "pg";
import { newId } from "#server/core/ids.ts";
import { addJobs, type EngineContext, toJson } from "./context.ts";
import { evaluate } from "./domain/expressions.ts";
import { limitKeys } from "./domain/read-config.ts";
import { throttledStart } from "./paces.ts";
import type { EngineEvent, EngineFunction, Invoker } from "./schema.ts";
import { setTimers, type Timer } from "./set-timers.ts";
import { waitForCancel } from "./waits.ts";

const MOST_PRIORITY_S = 600;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A run that is to be made. More than one event only in a batch. */
export type Start = {
  fn: EngineFunction;
  events: readonly EngineEvent[];
  invokers: readonly Invoker[];
  isBatch: boolean;
  notBefore: number;
};

type NewRun = Start & { id: string; first: EngineEvent; priority: number; at: number };

/** Makes runs and puts them on the queue, now or when their time comes. `taken` are the events of this transaction, in order. */
export async function startRuns(
  tx: pg.ClientBase,
  engine: EngineContext,
  starts: readonly Start[],
  taken: readonly EngineEvent[],
): Promise<void> {
  const now = engine.now();
  const runs: NewRun[] = [];
  for (const start of starts) {
    const first = start.events[0];
    if (!first) continue;
    const at = Math.max(start.notBefore, await throttledStart(tx, engine, start.fn, first));
    runs.push({ ...start, id: newId(), first, priority: priorityOf(start.fn, first), at });
  }
  if (runs.length === 0) return;
  await insertRuns(tx, runs, now);
  await waitForCancel(tx, engine, runs, taken);
  const timers = runs.flatMap((run) => timersOf(run, now));
  await setTimers(tx, engine, timers);
  await addJobs(
    tx,
    runs.filter((run) => run.at <= now.getTime()).map((run) => ({ run: run.id, step: "", turn: 1, priority: run.priority })),
  );
}

function timersOf(run: NewRun, now: Date): Timer[] {
  const timer = { run: run.id, step: "", turn: 1 };
  return [
    ...(run.at > now.getTime() ? [{ ...timer, kind: "job" as const, at: new Date(Math.ceil(run.at)) }] : []),
    ...(run.fn.startTimeoutMs !== null && !run.isBatch
      ? [{ ...timer, kind: "start" as const, at: new Date(now.getTime() + run.fn.startTimeoutMs) }]
      : []),
  ];
}

async function insertRuns(tx: pg.ClientBase, runs: readonly NewRun[], now: Date): Promise<void> {
  await tx.query({
    name: "engine-start-runs",
    text: `insert into engine.runs (id, function_id, workspace_id, event_id, event, limit_keys, status, queued_at, events, invokers, priority)
           select id, function_id, workspace_id, event_id, event, array(select json_array_elements_text(limit_keys)), 'queued', $7, events, invokers, priority
           from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::json[], $6::json[], $8::json[], $9::json[], $10::int[])
             as r(id, function_id, workspace_id, event_id, event, limit_keys, events, invokers, priority)`,
    values: [
      runs.map((run) => run.id),
      runs.map((run) => run.fn.id),
      runs.map((run) => workspaceOf(run.events)),
      runs.map((run) => run.first.id),
      runs.map((run) => toJson(run.first)),
      runs.map((run) => toJson(limitKeys(run.fn, run.first))),
      now,
      runs.map((run) => (run.isBatch ? toJson(run.events) : null)),
      runs.map((run) => (run.invokers.length > 0 ? toJson(run.invokers) : null)),
      runs.map((run) => run.priority),
    ],
  });
}

/** Whose run it is. A batch of several workspaces' events is nobody's. */
function workspaceOf(events: readonly EngineEvent[]): string | null {
  const ids = new Set(
    events.map((event) => {
      const inner = event.name.startsWith("inngest/function.") && "event" in event.data ? event.data.event : event;
      const data: unknown = typeof inner === "object" && inner !== null ? Reflect.get(inner, "data") : null;
      const id: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "workspaceId") : null;
      return typeof id === "string" && UUID.test(id) ? id : null;
    }),
  );
  const [only = null] = ids;
  return ids.size === 1 ? only : null;
}

function priorityOf(fn: EngineFunction, event: EngineEvent): number {
  const seconds = fn.priority === null ? 0 : evaluate(fn.priority, { event });
  return typeof seconds === "number" && Number.isInteger(seconds) ? Math.max(-MOST_PRIORITY_S, Math.min(MOST_PRIORITY_S, seconds)) : 0;
}
