import type pg from "pg";
import type { EngineContext } from "./context.ts";
import { evaluate, keyValue } from "./domain/expressions.ts";
import { type Pace, ratePace, reserve, spend, throttlePace } from "./domain/pace.ts";
import type { EngineEvent, EngineFunction } from "./schema.ts";

/** Whether rateLimit and idempotency let this event start the function; spends of their allowance when they do. */
export async function withinRate(tx: pg.ClientBase, engine: EngineContext, fn: EngineFunction, event: EngineEvent): Promise<boolean> {
  const now = engine.now().getTime();
  const spent: { key: string; tat: number }[] = [];
  for (const [index, rate] of fn.rates.entries()) {
    // Inngest's way out: a key that is false is not limited.
    if (rate.key !== null && evaluate(rate.key, { event }) === false) continue;
    const key = `${fn.id}|rate ${index}|${rate.key === null ? "" : keyValue(rate.key, { event })}`;
    const tat = spend(ratePace(rate), await lockPace(tx, fn, key), now);
    if (tat === null) return false;
    spent.push({ key, tat });
  }
  for (const { key, tat } of spent) await storePace(tx, key, tat);
  return true;
}

/** When throttled runs may start: each is given its instant here, first come first served, so nothing has to poll. */
export async function throttledStart(tx: pg.ClientBase, engine: EngineContext, fn: EngineFunction, event: EngineEvent): Promise<number> {
  const now = engine.now().getTime();
  if (!fn.throttle) return now;
  const pace: Pace = throttlePace(fn.throttle);
  const key = `${fn.id}|throttle|${fn.throttle.key === null ? "" : keyValue(fn.throttle.key, { event })}`;
  const place = reserve(pace, await lockPace(tx, fn, key), now);
  await storePace(tx, key, place.tat);
  return place.at;
}

async function lockPace(tx: pg.ClientBase, fn: EngineFunction, key: string): Promise<number | null> {
  const { rows } = await tx.query<{ tat: number | null }>({
    name: "engine-lock-pace",
    text: "insert into engine.paces as p (key, function_id) values ($1, $2) on conflict (key) do update set function_id = p.function_id returning tat",
    values: [key, fn.id],
  });
  return rows[0]?.tat ?? null;
}

async function storePace(tx: pg.ClientBase, key: string, tat: number): Promise<void> {
  await tx.query({ name: "engine-store-pace", text: "update engine.paces set tat = $2 where key = $1", values: [key, tat] });
}
