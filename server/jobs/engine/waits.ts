import type pg from "pg";
import { addJobs, type EngineContext, toJson } from "./context.ts";
import { equality, isTrue, valueAt } from "./domain/expressions.ts";
import { wakeAt } from "./domain/retry-times.ts";
import type { EngineEvent, EngineFunction } from "./schema.ts";

/** Inngest's own bound for a wait that names none. */
const LONGEST_CANCEL_MS = 366 * 24 * 60 * 60 * 1_000;

type NewWait = {
  event: string;
  kind: "step" | "cancel";
  run: string;
  step: string;
  expression: string | null;
  expiresAt: Date | null;
  /** what started the run: `event` in the expression */
  cause: unknown;
  matched?: EngineEvent;
};

export async function addWaits(tx: pg.ClientBase, waits: readonly NewWait[]): Promise<void> {
  if (waits.length === 0) return;
  const asks = waits.map(({ expression, cause }) => (expression === null ? null : equality(expression, { event: cause })));
  await tx.query({
    name: "engine-add-waits",
    text: `insert into engine.waits (event, kind, run_id, step_id, expression, expires_at, key_path, key_value, matched)
           select event, kind, run_id, step_id, expression, expires_at, key_path, key_value, matched
           from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::json[])
             as w(event, kind, run_id, step_id, expression, expires_at, key_path, key_value, matched)`,
    values: [
      waits.map((wait) => wait.event),
      waits.map((wait) => wait.kind),
      waits.map((wait) => wait.run),
      waits.map((wait) => wait.step),
      waits.map((wait) => wait.expression),
      waits.map((wait) => wait.expiresAt),
      asks.map((ask) => (ask ? toJson(ask.path) : "")),
      asks.map((ask) => ask?.value ?? ""),
      waits.map((wait) => (wait.matched ? toJson(wait.matched) : null)),
    ],
  });
}

/**
 * cancelOn: a run waits for its cancellation from its first moment. Of the events that are taken in together, only those
 * after the one that started it count; not a batch's, as with Inngest.
 */
export async function waitForCancel(
  tx: pg.ClientBase,
  engine: EngineContext,
  runs: readonly { id: string; fn: EngineFunction; first: EngineEvent }[],
  taken: readonly EngineEvent[],
): Promise<void> {
  const now = engine.now();
  const waits = runs.flatMap(({ id, fn, first }) =>
    fn.cancels.map((cancel): NewWait => {
      const later = taken.slice(taken.findIndex((event) => event.id === first.id) + 1);
      const matched = later.find((event) => event.name === cancel.event && matches(cancel.if, first, event));
      const expiresAt = (cancel.timeout && wakeAt(cancel.timeout, now)) || new Date(now.getTime() + LONGEST_CANCEL_MS);
      return {
        ...{ event: cancel.event, kind: "cancel", run: id, step: "", expression: cancel.if, expiresAt, cause: first },
        ...(matched && { matched }),
      };
    }),
  );
  await addWaits(tx, waits);
  await addJobs(
    tx,
    waits.filter((wait) => wait.matched).map((wait) => ({ do: "cancel", run: wait.run, step: "" })),
  );
}

/**
 * Ends the waits that these events match. A wait hears of events that are taken in after it was written, and of the first
 * that matches. Runs are not touched here: a job each does that, so that no transaction ever locks two of them.
 */
export async function endWaits(tx: pg.ClientBase, engine: EngineContext, events: readonly EngineEvent[]): Promise<void> {
  const names = [...new Set(events.map((event) => event.name))];
  const asked = await tx.query<{ event: string; key_path: string }>({
    name: "engine-asked-of",
    text: "select distinct event, key_path from engine.waits where event = any($1) and matched is null",
    values: [names],
  });
  if (asked.rows.length === 0) return;
  const keys = asked.rows.flatMap(({ event: name, key_path: path }) => {
    const same = events.filter((event) => event.name === name);
    if (path === "") return [{ name, path, value: "" }];
    return same.map((event) => ({ name, path, value: valueAt(event, JSON.parse(path)) }));
  });
  const { rows } = await tx.query<WaitRow>({
    name: "engine-find-waits",
    text: `select w.id, w.event as name, w.kind, w.run_id, w.step_id, w.expression, r.event as cause
           from engine.waits w join engine.runs r on r.id = w.run_id
           where w.matched is null and (w.expires_at is null or w.expires_at > $2) and w.id in (
             select found.id from unnest($1::text[], $3::text[], $4::text[]) as k(name, path, value)
             join engine.waits found on found.event = k.name and found.key_path = k.path and found.key_value = k.value and found.matched is null)
           order by w.id for update of w`,
    values: [keys.map((key) => key.name), engine.now(), keys.map((key) => key.path), keys.map((key) => key.value)],
  });
  const ended = rows.flatMap((row) => {
    const event = events.find((one) => one.name === row.name && matches(row.expression, row.cause, one));
    return event ? [{ row, event }] : [];
  });
  if (ended.length === 0) return;
  await tx.query({
    name: "engine-match-waits",
    text: "update engine.waits w set matched = m.event from unnest($1::bigint[], $2::json[]) as m(id, event) where w.id = m.id",
    values: [ended.map(({ row }) => row.id), ended.map(({ event }) => toJson(event))],
  });
  await addJobs(
    tx,
    ended.map(({ row }) => ({ do: row.kind === "cancel" ? "cancel" : "resume", run: row.run_id, step: row.step_id })),
  );
}

type WaitRow = {
  id: string;
  name: string;
  kind: "step" | "cancel";
  run_id: string;
  step_id: string;
  expression: string | null;
  cause: EngineEvent;
};

function matches(expression: string | null, cause: EngineEvent, event: EngineEvent): boolean {
  return expression === null || isTrue(expression, { event: cause, async: event });
}
