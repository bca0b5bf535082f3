import type pg from "pg";
import type { EngineContext } from "./context.ts";

/** job: start this job; wake: this sleep or wait is over; start, finish: the run's timeout. */
export type Timer = { at: Date; kind: "job" | "wake" | "start" | "finish"; run: string; step: string; turn: number };

export async function setTimers(tx: pg.ClientBase, engine: Pick<EngineContext, "timerSet">, timers: readonly Timer[]): Promise<void> {
  if (timers.length === 0) return;
  await tx.query({
    name: "engine-set-timers",
    text: `insert into engine.timers (at, kind, run_id, step_id, turn)
           select * from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::text[], $5::int[])`,
    values: [
      timers.map((timer) => timer.at),
      timers.map((timer) => timer.kind),
      timers.map((timer) => timer.run),
      timers.map((timer) => timer.step),
      timers.map((timer) => timer.turn),
    ],
  });
  for (const timer of timers) engine.timerSet(timer.at);
}
