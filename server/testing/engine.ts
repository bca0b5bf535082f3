import { Inngest, type InngestFunction } from "inngest";
import { afterAll } from "vitest";
import { createEnginePool } from "#server/core/db.ts";
import { createEngine, type Engine } from "#server/jobs/engine/engine.ts";

/** A clock that stands still until it is moved. */
export function virtualClock(start: string) {
  let at = new Date(start);
  return {
    now: () => at,
    forward: (ms: number) => {
      at = new Date(at.getTime() + ms);
    },
  };
}

/**
 * The real embedded engine on this file's database (call testDatabase() first), with a clock that a test moves and
 * `drain()` instead of a running worker.
 */
export async function testEngine(
  define: (client: Inngest.Any) => InngestFunction.Any[],
  options: { clock?: ReturnType<typeof virtualClock>; id?: string } = {},
): Promise<Engine & { client: Inngest; clock: ReturnType<typeof virtualClock> }> {
  const clock = options.clock ?? virtualClock("2026-03-02T09:00:00Z");
  const pool = createEnginePool(8);
  let engine: Engine | undefined;
  const answer: typeof fetch = (input, init) => {
    if (!engine) throw new Error("The engine is not there yet.");
    return engine.fetch(input, init);
  };
  const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
  const client = new Inngest({ id: options.id ?? "t", isDev: true, fetch: answer, logger: silent, aiMetadata: false });
  engine = createEngine({ pool, client, functions: define(client), now: clock.now, dice: () => 0 });
  afterAll(() => pool.end());
  await engine.register();
  // Installs the queue, and sets the schedules by this clock.
  await engine.drain();
  return { ...engine, client, clock };
}
