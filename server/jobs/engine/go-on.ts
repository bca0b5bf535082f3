import type pg from "pg";
import { addJobs } from "./context.ts";

/**
 * Asks the function what comes next, unless steps are still out: then the last of them asks. In a race the first does.
 * Needs the run's row lock.
 */
export async function goOn(tx: pg.ClientBase, runId: string, options: { isRace?: boolean } = {}): Promise<void> {
  const { rows } = await tx.query<{ turn: number }>({
    name: "engine-go-on",
    text: `update engine.runs set turn = turn + 1, attempt = 0, status = 'queued'
           where id = $1 and ($2 or not exists (select 1 from engine.steps where run_id = $1 and status in ('planned', 'sleeping', 'waiting')))
           returning turn`,
    values: [runId, options.isRace ?? false],
  });
  if (rows[0]) return addJobs(tx, [{ run: runId, step: "", turn: rows[0].turn }]);
  // Nothing to do until a step ends. The turn moves on so that a leftover of this job finds nothing.
  await tx.query({
    name: "engine-pause",
    text: "update engine.runs set turn = turn + 1, attempt = 0, status = 'queued' where id = $1",
    values: [runId],
  });
}

/** A step that slept or waited is over. False: it was over before. */
export async function settleStep(
  tx: pg.ClientBase,
  step: { run: string; id: string },
  end: { data: unknown; error?: unknown; at: Date },
): Promise<boolean> {
  const { rows } = await tx.query<{ race: boolean }>({
    name: "engine-settle-step",
    text: `update engine.steps set status = $3, data = $4, error = $5, ended_at = $6, finished = nextval('engine.finish_order')
           where run_id = $1 and step_id = $2 and status in ('sleeping', 'waiting') returning race`,
    values: [
      step.run,
      step.id,
      end.error === undefined ? "done" : "failed",
      JSON.stringify(end.data ?? null),
      end.error === undefined ? null : JSON.stringify(end.error),
      end.at,
    ],
  });
  if (!rows[0]) return false;
  await goOn(tx, step.run, { isRace: rows[0].race });
  return true;
}
