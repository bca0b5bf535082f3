import type pg from "pg";
import { newId } from "#server/core/ids.ts";
import { addJobs, type EngineContext, toJson } from "./context.ts";
import { limitKeys } from "./domain/read-config.ts";
import type { EngineEvent, EngineFunction } from "./schema.ts";

/** An event id counts once in this time. */
export const DEDUPE_MS = 24 * 60 * 60 * 1_000;

const FAILED = "inngest/function.failed";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Takes events in: remembers their ids, makes a run for every function they start, and puts those on the queue, all in
 * the caller's transaction. An event that came before changes nothing.
 */
export async function takeEvents(
  tx: pg.ClientBase,
  engine: EngineContext,
  events: readonly EngineEvent[],
  only?: EngineFunction,
): Promise<number> {
  if (events.length === 0) return 0;
  const now = engine.now();
  const { rows } = await tx.query<{ id: string }>({
    name: "engine-take-events",
    text: `insert into engine.event_ids as e (id, name, received_at)
           select distinct on (given.id) given.id, given.name, $3 from unnest($1::text[], $2::text[]) as given(id, name)
           on conflict (id) do update set received_at = excluded.received_at where e.received_at < $4
           returning id`,
    values: [events.map((event) => event.id), events.map((event) => event.name), now, new Date(now.getTime() - DEDUPE_MS)],
  });
  const fresh = new Set(rows.map((row) => row.id));
  const runs = events.flatMap((event) => {
    if (!fresh.delete(event.id)) return [];
    const started = only ? [only] : (engine.listeners.get(event.name) ?? []).filter((fn) => concerns(fn, event));
    return started.map((fn) => ({ id: newId(), fn, event }));
  });
  await startRuns(tx, runs, now);
  return runs.length;
}

function concerns(fn: EngineFunction, event: EngineEvent): boolean {
  return fn.failureOf === null || (event.name === FAILED && event.data.function_id === fn.failureOf);
}

async function startRuns(
  tx: pg.ClientBase,
  runs: readonly { id: string; fn: EngineFunction; event: EngineEvent }[],
  now: Date,
): Promise<void> {
  if (runs.length === 0) return;
  await tx.query({
    name: "engine-start-runs",
    text: `insert into engine.runs (id, function_id, workspace_id, event_id, event, limit_keys, status, queued_at)
           select id, function_id, workspace_id, event_id, event, array(select json_array_elements_text(limit_keys)), 'queued', $7
           from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::json[], $6::json[]) as r(id, function_id, workspace_id, event_id, event, limit_keys)`,
    values: [
      runs.map((run) => run.id),
      runs.map((run) => run.fn.id),
      runs.map((run) => workspaceOf(run.event)),
      runs.map((run) => run.event.id),
      runs.map((run) => toJson(run.event)),
      runs.map((run) => toJson(limitKeys(run.fn, run.event))),
      now,
    ],
  });
  await addJobs(
    tx,
    runs.map((run) => ({ run: run.id, step: "", turn: 1 })),
  );
}

function workspaceOf(event: EngineEvent): string | null {
  const inner = event.name === FAILED ? event.data.event : event;
  const data: unknown = typeof inner === "object" && inner !== null ? Reflect.get(inner, "data") : null;
  const id: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "workspaceId") : null;
  return typeof id === "string" && UUID.test(id) ? id : null;
}

/** What an onFailure handler is told. */
export function failureEvent(
  run: { id: string; turn: number; functionId: string; event: unknown },
  error: unknown,
  now: Date,
): EngineEvent {
  return {
    id: `failed:${run.id}:${run.turn}`,
    name: FAILED,
    ts: now.getTime(),
    data: { function_id: run.functionId, run_id: run.id, error, event: run.event, events: [run.event] },
  };
}
