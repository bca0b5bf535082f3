import type pg from "pg";
import * as z from "zod";
import { failPoint } from "#server/core/fail-point.ts";
import { type EngineContext, inEngine, toJson } from "./context.ts";
import { keyValue } from "./domain/expressions.ts";
import { putOff } from "./domain/pace.ts";
import { type EngineEvent, type EngineFunction, type Invoker, invoker } from "./schema.ts";
import { type Start, startRuns } from "./start-runs.ts";

/**
 * Events that do not start a run yet: those of a batch that is not full, and the last one of a debounce. They are rows,
 * written in the transaction that takes the event in and removed in the one that starts the run.
 */
type Held = { event: EngineEvent; invoker: Invoker | null };

/** Returns the batch when this event has filled it. */
export async function holdInBatch(tx: pg.ClientBase, engine: EngineContext, fn: EngineFunction, held: Held): Promise<Start | null> {
  const batch = fn.batch;
  if (!batch) return null;
  const key = holdKey(fn, batch.key, held.event);
  const dueAt = new Date(engine.now().getTime() + batch.timeoutMs);
  const { rows } = await tx.query<{ size: number }>({
    name: "engine-hold-batch",
    text: `insert into engine.holds as h (key, function_id, due_at, size) values ($1, $2, $3, 1)
           on conflict (key) do update set size = h.size + 1 returning size`,
    values: [key, fn.id, dueAt],
  });
  await addHeld(tx, key, held);
  const size = rows[0]?.size ?? 0;
  if (size >= batch.maxSize) return takeHold(tx, fn, key);
  if (size === 1) engine.timerSet(dueAt);
  return null;
}

/** Keeps the event that is last by its own time, and puts the start off. */
export async function holdInDebounce(tx: pg.ClientBase, engine: EngineContext, fn: EngineFunction, held: Held): Promise<void> {
  const debounce = fn.debounce;
  if (!debounce) return;
  const key = holdKey(fn, debounce.key, held.event);
  // The row is there and locked before it is judged.
  await tx.query({
    name: "engine-open-debounce",
    text: "insert into engine.holds as h (key, function_id, due_at, size) values ($1, $2, 'infinity', 0) on conflict (key) do update set size = h.size",
    values: [key, fn.id],
  });
  const found = await tx.query<{ size: number; latest_at: Date | null; ts: number | null }>({
    name: "engine-read-debounce",
    text: `select size, latest_at, (select max((event->>'ts')::float8) from engine.held_events e where e.hold_key = h.key) as ts
           from engine.holds h where key = $1`,
    values: [key],
  });
  const before = found.rows[0];
  const isFirst = !before || before.size === 0;
  const isNewer = before?.ts == null || held.event.ts >= before.ts;
  if (!isNewer) return;
  const { dueAt, latestAt } = putOff(debounce, isFirst ? null : { latestAt: before.latest_at?.getTime() ?? null }, engine.now().getTime());
  await tx.query({ name: "engine-drop-held", text: "delete from engine.held_events where hold_key = $1", values: [key] });
  await addHeld(tx, key, held);
  await tx.query({
    name: "engine-put-off",
    text: "update engine.holds set size = 1, due_at = $2, latest_at = $3 where key = $1",
    values: [key, new Date(dueAt), latestAt === null ? null : new Date(latestAt)],
  });
  engine.timerSet(new Date(dueAt));
}

/** Starts what has been held long enough. One transaction each: a crash in between repeats none and loses none. */
export async function releaseHolds(engine: EngineContext): Promise<number> {
  // What an older or newer release of the functions holds is left to it.
  const known = [...engine.functions.keys()];
  let count = 0;
  for (;;) {
    const isDone = await inEngine(engine.pool, async (tx) => {
      const { rows } = await tx.query<{ key: string; function_id: string }>({
        name: "engine-due-hold",
        text: `select key, function_id from engine.holds where due_at <= $1 and function_id = any($2)
               order by due_at limit 1 for update skip locked`,
        values: [engine.now(), known],
      });
      const fn = engine.functions.get(rows[0]?.function_id ?? "");
      if (!rows[0] || !fn) return true;
      const start = await takeHold(tx, fn, rows[0].key);
      if (start) await startRuns(tx, engine, [start], []);
      failPoint("engine.hold-released");
      return false;
    });
    if (isDone) return count;
    count++;
  }
}

async function takeHold(tx: pg.ClientBase, fn: EngineFunction, key: string): Promise<Start | null> {
  const { rows } = await tx.query<{ id: string; event: EngineEvent; invoker: unknown }>({
    name: "engine-take-held",
    text: "select id, event, invoker from engine.held_events where hold_key = $1 order by id",
    values: [key],
  });
  await tx.query({ name: "engine-end-hold", text: "delete from engine.holds where key = $1", values: [key] });
  if (rows.length === 0) return null;
  return {
    fn,
    events: rows.map((row) => row.event),
    invokers: z.array(invoker).parse(rows.map((row) => row.invoker).filter((one) => one !== null)),
    isBatch: fn.batch !== null,
    notBefore: 0,
  };
}

async function addHeld(tx: pg.ClientBase, key: string, held: Held): Promise<void> {
  await tx.query({
    name: "engine-hold-event",
    text: "insert into engine.held_events (hold_key, event, invoker) values ($1, $2, $3)",
    values: [key, toJson(held.event), held.invoker && toJson(held.invoker)],
  });
}

function holdKey(fn: EngineFunction, key: string | null, event: EngineEvent): string {
  return `${fn.id}|${key === null ? "" : keyValue(key, { event })}`;
}
