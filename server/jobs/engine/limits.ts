import type pg from "pg";
import { addJobs, type EngineContext } from "./context.ts";
import { lineOf } from "./domain/read-config.ts";
import type { EngineFunction, Job } from "./schema.ts";

/**
 * Concurrency limits. A place ("slot") belongs to a job, from its admission until the transaction that records its answer, and
 * the next in line gets it in that same transaction: nothing polls, and a killed worker leaks no place because
 * its job, which still owns it, is taken up again. One advisory lock per line orders admissions: a function is a line, and
 * all functions whose limits go beyond themselves are one.
 */

/** Gives this job its places, or puts it in the line. Own places from before a crash count as held. */
export async function admit(
  tx: pg.ClientBase,
  engine: EngineContext,
  fn: EngineFunction,
  job: Job,
  keys: readonly string[],
): Promise<boolean> {
  await lockLine(tx, lineOf(fn));
  const most = fn.limits.map((limit) => limit.limit);
  const { rows } = await tx.query<{ mine: boolean; full: boolean }>({
    name: "engine-admit",
    text: `select exists (select 1 from engine.slots where run_id = $1 and step_id = $2) as mine,
             exists (select 1 from unnest($3::text[], $4::int[]) as k(key, most)
                     where (select count(*) from engine.slots s where s.limit_key = k.key) >= k.most) as full`,
    values: [job.run, job.step, keys, most],
  });
  if (rows[0]?.mine) return true;
  if (rows[0]?.full) {
    await tx.query({
      name: "engine-wait",
      text: `insert into engine.waiting (function_id, run_id, step_id, turn, limit_keys, limits, line, sort_at)
             select $1, $2, $3, $4, $5, $6, $7, $8::timestamptz - make_interval(secs => priority) from engine.runs where id = $2
             on conflict (run_id, step_id) do update set turn = excluded.turn`,
      values: [fn.id, job.run, job.step, job.turn, keys, most, lineOf(fn), engine.now()],
    });
    return false;
  }
  await takeSlots(tx, job, keys);
  return true;
}

/** Gives this job's places back and admits whoever has waited longest for them. A leftover gives back only its own turn's. */
export async function release(tx: pg.ClientBase, engine: EngineContext, job: { run: string; step?: string; turn?: number }): Promise<void> {
  const { rows: freed } = await tx.query<{ limit_key: string }>({
    name: "engine-release",
    text: `delete from engine.slots where run_id = $1 and ($2::text is null or step_id = $2) and ($3::int is null or turn = $3)
           returning limit_key`,
    values: [job.run, job.step ?? null, job.turn ?? null],
  });
  if (freed.length === 0) return;
  const keys = [...new Set(freed.map((row) => row.limit_key))];
  const line = await lineOfRun(tx, engine, job.run);
  await lockLine(tx, line);
  // At most one can follow per freed place.
  for (let place = 0; place < freed.length; place++) {
    if (!(await admitNext(tx, line, keys))) return;
  }
}

async function lineOfRun(tx: pg.ClientBase, engine: EngineContext, run: string): Promise<string> {
  const { rows } = await tx.query<{ function_id: string }>({
    name: "engine-function-of",
    text: "select function_id from engine.runs where id = $1",
    values: [run],
  });
  const fn = engine.functions.get(rows[0]?.function_id ?? "");
  return fn ? lineOf(fn) : (rows[0]?.function_id ?? "");
}

async function admitNext(tx: pg.ClientBase, line: string, keys: readonly string[]): Promise<boolean> {
  const { rows } = await tx.query<{ run_id: string; step_id: string; turn: number; limit_keys: string[] }>({
    name: "engine-admit-next",
    text: `delete from engine.waiting where id = (
             select w.id from engine.waiting w
             where w.line = $1 and w.limit_keys && $2::text[]
               and not exists (select 1 from unnest(w.limit_keys, w.limits) as k(key, most)
                               where (select count(*) from engine.slots s where s.limit_key = k.key) >= k.most)
             order by w.sort_at, w.id limit 1)
           returning run_id, step_id, turn, limit_keys`,
    values: [line, keys],
  });
  const next = rows[0];
  if (!next) return false;
  const job = { run: next.run_id, step: next.step_id, turn: next.turn };
  await takeSlots(tx, job, next.limit_keys);
  await addJobs(tx, [job]);
  return true;
}

async function takeSlots(tx: pg.ClientBase, job: Job, keys: readonly string[]): Promise<void> {
  await tx.query({
    name: "engine-take-slots",
    text: "insert into engine.slots (limit_key, run_id, step_id, turn) select key, $2, $3, $4 from unnest($1::text[]) as key",
    values: [keys, job.run, job.step, job.turn],
  });
}

async function lockLine(tx: pg.ClientBase, line: string): Promise<void> {
  await tx.query({ name: "engine-lock-line", text: "select pg_advisory_xact_lock(7346102, hashtext($1))", values: [line] });
}
