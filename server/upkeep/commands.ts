import { inSweep } from "#server/core/db.ts";

/** Two months more than a missed month of cron runs could use up. */
const MONTHS_AHEAD = 3;

/** Makes the partitions of the coming months, and moves what waits in a default partition into its month. */
export async function makePartitions(): Promise<number> {
  return inSweep(async (tx) => {
    const rows = await tx.$queryRaw<{ made: number }[]>`select make_month_partitions(${MONTHS_AHEAD}::int) as made`;
    return rows[0]?.made ?? 0;
  });
}

/** Answers that were kept for a day, of all workspaces. */
export async function clearAnswers(): Promise<number> {
  return inSweep(async (tx) => {
    const rows = await tx.$queryRaw<{ cleared: number }[]>`select clear_idempotency_keys() as cleared`;
    return rows[0]?.cleared ?? 0;
  });
}
