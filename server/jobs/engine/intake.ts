import type pg from "pg";
import type { EngineContext } from "./context.ts";
import { isTrue } from "./domain/expressions.ts";
import { holdInBatch, holdInDebounce } from "./holds.ts";
import { withinRate } from "./paces.ts";
import type { EngineEvent, EngineFunction, Invoker } from "./schema.ts";
import { type Start, startRuns } from "./start-runs.ts";
import { startedBy } from "./triggers.ts";
import { endWaits } from "./waits.ts";

/** An event id counts once in this time. */
export const DEDUPE_MS = 24 * 60 * 60 * 1_000;

export const FAILED = "inngest/function.failed";
export const CANCELLED = "inngest/function.cancelled";
export const INVOKED = "inngest/function.invoked";

/**
 * Takes events in: remembers their ids, ends the waits they match, and starts the functions that listen, or holds the
 * events for them, all in the caller's transaction. An event that came before changes nothing. `isDated`: one whose time is
 * yet to come starts its functions then.
 */
export async function takeEvents(
  tx: pg.ClientBase,
  engine: EngineContext,
  events: readonly EngineEvent[],
  options: { only?: EngineFunction; isDated?: boolean } = {},
): Promise<number> {
  const { only, isDated = false } = options;
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
  const unseen = new Set(rows.map((row) => row.id));
  const fresh = events.filter((event) => unseen.delete(event.id));
  if (fresh.length === 0) return 0;
  if (!only) await endWaits(tx, engine, fresh);
  const wanted = fresh.flatMap((event) => (only ? [only] : startedBy(engine, event)).map((fn) => ({ fn, event, invoker: null })));
  const starts = await throughGates(tx, engine, wanted, { isDated });
  await startRuns(tx, engine, starts, fresh);
  return starts.length;
}

/** Starts one function for one step of another run. False: its rate limit says no. */
export async function invoke(
  tx: pg.ClientBase,
  engine: EngineContext,
  fn: EngineFunction,
  event: EngineEvent,
  invoker: Invoker,
): Promise<boolean> {
  await lockGates(tx, [fn]);
  if (!fn.batch && !(await withinRate(tx, engine, fn, event))) return false;
  await startRuns(tx, engine, await throughGates(tx, engine, [{ fn, event, invoker }], { isRated: true }), [event]);
  return true;
}

/** Whoever counts for the same function does so one after the other, and everybody asks for these locks in one order. */
async function lockGates(tx: pg.ClientBase, functions: readonly EngineFunction[]): Promise<void> {
  const gated = functions.filter((fn) => fn.throttle || fn.debounce || fn.batch || fn.rates.length > 0).map((fn) => fn.id);
  for (const id of [...new Set(gated)].sort()) {
    await tx.query({ name: "engine-lock-gate", text: "select pg_advisory_xact_lock(7346104, hashtext($1))", values: [id] });
  }
}

type Wanted = { fn: EngineFunction; event: EngineEvent; invoker: Invoker | null };

/** What starts now. The rest is held (batch, debounce), or dropped because it came too often, as with Inngest. */
async function throughGates(
  tx: pg.ClientBase,
  engine: EngineContext,
  wanted: readonly Wanted[],
  options: { isRated?: boolean; isDated?: boolean } = {},
): Promise<Start[]> {
  const starts: Start[] = [];
  if (!options.isRated) {
    await lockGates(
      tx,
      wanted.map(({ fn }) => fn),
    );
  }
  for (const { fn, event, invoker } of wanted) {
    const isBatched = fn.batch !== null && (fn.batch.if === null || isTrue(fn.batch.if, { event }));
    if (isBatched) {
      const full = await holdInBatch(tx, engine, fn, { event, invoker });
      if (full) starts.push(full);
      continue;
    }
    if (!options.isRated && !(await withinRate(tx, engine, fn, event))) continue;
    if (fn.debounce) await holdInDebounce(tx, engine, fn, { event, invoker });
    else
      starts.push({ fn, events: [event], invokers: invoker ? [invoker] : [], isBatch: false, notBefore: options.isDated ? event.ts : 0 });
  }
  return starts;
}

/** What an onFailure handler is told, and whoever listens to cancellations. */
export function endEvent(
  run: { id: string; turn: number; functionId: string; events: readonly unknown[] },
  end: { name: string; error: unknown; now: Date },
): EngineEvent {
  const kind = end.name.slice(end.name.lastIndexOf(".") + 1);
  return {
    id: `${kind}:${run.id}:${run.turn}`,
    name: end.name,
    ts: end.now.getTime(),
    data: {
      function_id: run.functionId,
      run_id: run.id,
      ...(end.error !== null && { error: end.error }),
      event: run.events[0],
      events: run.events,
    },
  };
}
