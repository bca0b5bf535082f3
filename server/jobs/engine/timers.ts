import type pg from "pg";
import { failPoint } from "#server/core/fail-point.ts";
import { endTimedOut, endWait } from "./chores.ts";
import { addJobs, type EngineContext, inEngine } from "./context.ts";
import { nextCronAt } from "./domain/cron-times.ts";
import { settleStep } from "./go-on.ts";
import { releaseHolds } from "./holds.ts";
import { takeEvents } from "./intake.ts";

const BATCH = 200;

/** Starts everything whose time has come by the engine's clock. Several engines may do this at once. */
export async function fireTimers(engine: EngineContext): Promise<number> {
  let fired = 0;
  for (;;) {
    const count =
      (await startDelayedJobs(engine)) + (await wakeSleepers(engine)) + (await releaseHolds(engine)) + (await fireCrons(engine));
    if (count === 0) return fired;
    fired += count;
  }
}

/** When something is to be started next; null when nothing waits. */
export async function nextTimerAt(engine: EngineContext): Promise<Date | null> {
  const { rows } = await engine.pool.query<{ at: Date | null }>({
    name: "engine-next-timer",
    text: `select least((select min(at) from engine.timers), (select min(next_at) from engine.crons),
             (select min(due_at) from engine.holds where function_id = any($1))) as at`,
    values: [[...engine.functions.keys()]],
  });
  return rows[0]?.at ?? null;
}

async function startDelayedJobs(engine: EngineContext): Promise<number> {
  return inEngine(engine.pool, async (tx) => {
    const { rows } = await tx.query<{ run_id: string; step_id: string; turn: number }>({
      name: "engine-due-jobs",
      text: `delete from engine.timers where id in (
               select id from engine.timers where at <= $1 and kind = 'job' order by at limit $2 for update skip locked)
             returning run_id, step_id, turn`,
      values: [engine.now(), BATCH],
    });
    await addJobs(
      tx,
      rows.map((row) => ({ run: row.run_id, step: row.step_id, turn: row.turn })),
    );
    if (rows.length > 0) failPoint("engine.timers-taken");
    return rows.length;
  });
}

/** One transaction per run that is woken or has timed out, because each locks its run. */
async function wakeSleepers(engine: EngineContext): Promise<number> {
  const { rows } = await engine.pool.query<{ id: string; kind: "wake" | "start" | "finish"; run_id: string; step_id: string }>({
    name: "engine-due-wakes",
    text: "select id, kind, run_id, step_id from engine.timers where at <= $1 and kind <> 'job' order by at, id limit $2",
    values: [engine.now(), BATCH],
  });
  for (const timer of rows) {
    await inEngine(engine.pool, async (tx) => {
      const run = await tx.query<{ status: string }>("select status from engine.runs where id = $1 for no key update", [timer.run_id]);
      const { rowCount } = await tx.query("delete from engine.timers where id = $1", [timer.id]);
      if (!rowCount || !["queued", "running"].includes(run.rows[0]?.status ?? "")) return;
      if (timer.kind !== "wake") return endTimedOut(tx, engine, { run: timer.run_id, kind: timer.kind });
      await wake(tx, engine, { run: timer.run_id, id: timer.step_id });
      failPoint("engine.sleeper-woken");
    });
  }
  return rows.length;
}

/** A sleep is over; a wait has come to its timeout; an invoked run has taken too long. */
async function wake(tx: pg.ClientBase, engine: EngineContext, step: { run: string; id: string }): Promise<void> {
  const { rows } = await tx.query<{ op: string; name: string }>("select op, name from engine.steps where run_id = $1 and step_id = $2", [
    step.run,
    step.id,
  ]);
  if (rows[0]?.op === "WaitForEvent") return endWait(tx, engine, step);
  const at = engine.now();
  const error =
    rows[0]?.op === "InvokeFunction"
      ? { name: "InngestInvokeTimeoutError", message: "Timed out waiting for invoked function to complete" }
      : undefined;
  await settleStep(tx, step, { data: null, ...(error && { error }), at });
}

async function fireCrons(engine: EngineContext): Promise<number> {
  return inEngine(engine.pool, async (tx) => {
    const now = engine.now();
    const { rows } = await tx.query<{ function_id: string; expression: string; next_at: Date }>({
      name: "engine-due-crons",
      text: "select function_id, expression, next_at from engine.crons where next_at <= $1 order by next_at limit $2 for update skip locked",
      values: [now, BATCH],
    });
    for (const row of rows) {
      const fn = engine.functions.get(row.function_id);
      const at = row.next_at.getTime();
      const event = {
        id: `cron:${row.function_id}:${row.expression}:${at}`,
        name: "inngest/scheduled.timer",
        data: { cron: row.expression },
        ts: at,
      };
      if (fn) await takeEvents(tx, engine, [event], { only: fn });
      await tx.query("update engine.crons set next_at = $3 where function_id = $1 and expression = $2", [
        row.function_id,
        row.expression,
        nextCronAt(row.expression, now),
      ]);
    }
    return rows.length;
  });
}
