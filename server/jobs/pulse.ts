import type pg from "pg";
import { logger } from "#server/core/logger.ts";

const BEAT_MS = 10_000;

/** The worker's sign of life. A silence of some minutes is kept, so that the health page can tell of it afterwards. */
export function startPulse(pool: pg.Pool): { stop: () => void } {
  const startedAt = new Date();
  const run = (): Promise<void> =>
    beat(pool, startedAt).catch((error: unknown) =>
      logger.debug({ err: error instanceof Error ? error.message : String(error) }, "no pulse"),
    );
  const timer = setInterval(run, BEAT_MS);
  void run();
  return { stop: () => clearInterval(timer) };
}

export async function beat(pool: Pick<pg.Pool, "query">, startedAt: Date): Promise<void> {
  await pool.query(
    `insert into pulse as p (id, worker_started_at, at, latest) values (1, $1, clock_timestamp(), clock_timestamp())
     on conflict (id) do update set worker_started_at = excluded.worker_started_at, at = excluded.at, latest = greatest(p.latest, excluded.at),
       gap_from = case when excluded.at - p.at > interval '5 minutes' then p.at else p.gap_from end,
       gap_to = case when excluded.at - p.at > interval '5 minutes' then excluded.at else p.gap_to end`,
    [startedAt],
  );
}
