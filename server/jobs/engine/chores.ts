import type pg from "pg";
import * as z from "zod";
import { failPoint } from "#server/core/fail-point.ts";
import { type EngineContext, transact } from "./context.ts";
import { afterEnd, endRun } from "./end-run.ts";
import { settleStep } from "./go-on.ts";
import { type Chore, invoker } from "./schema.ts";

/** What is done to a run without calling its function. Each is one transaction under the run's row lock, and safe twice. */
export async function doChore(outer: EngineContext, chore: Chore): Promise<void> {
  await transact(outer, async (tx, engine) => {
    if (chore.do === "resume") await resume(tx, engine, chore);
    else await end(tx, engine, chore);
    failPoint(`engine.chore-${chore.do}`);
  });
}

/** The event that a step waited for has come, or the run that it invoked has ended. */
async function resume(tx: pg.ClientBase, engine: EngineContext, chore: Chore): Promise<void> {
  if (!(await isLive(tx, chore.run))) return;
  const at = engine.now();
  const step = { run: chore.run, id: chore.step };
  if (chore.child) {
    const child = await tx.query<{ status: string; output: unknown; error: unknown }>({
      name: "engine-child-end",
      text: "select status, output, error from engine.runs where id = $1",
      values: [chore.child],
    });
    const [ended] = child.rows;
    if (ended?.status === "completed") return void (await settleStep(tx, step, { data: ended.output, at }));
    const error = ended?.status === "failed" ? ended.error : { name: "Error", message: "The invoked function was cancelled." };
    return void (await settleStep(tx, step, { data: null, error, at }));
  }
  await endWait(tx, engine, step);
}

/** With the event that matched, or with null when none has by now. */
export async function endWait(tx: pg.ClientBase, engine: EngineContext, step: { run: string; id: string }): Promise<void> {
  const { rows } = await tx.query<{ matched: unknown }>({
    name: "engine-end-wait",
    text: "delete from engine.waits where run_id = $1 and step_id = $2 and kind = 'step' returning matched",
    values: [step.run, step.id],
  });
  await settleStep(tx, step, { data: rows[0]?.matched ?? null, at: engine.now() });
}

const endingRow = z.object({
  status: z.string(),
  turn: z.number(),
  function_id: z.string(),
  event: z.unknown(),
  events: z.array(z.unknown()).nullable(),
  invokers: z.array(invoker).nullable(),
});

/** cancel: ends a run that lives. ended: the Jobs page has ended it, and what follows is done here. */
async function end(tx: pg.ClientBase, engine: EngineContext, chore: Pick<Chore, "do" | "run">): Promise<void> {
  const { rows } = await tx.query({
    name: "engine-ending-run",
    text: "select status, turn, function_id, event, events, invokers from engine.runs where id = $1 for no key update",
    values: [chore.run],
  });
  if (!rows[0]) return;
  const found = endingRow.parse(rows[0]);
  const run = {
    ...{ run: chore.run, turn: found.turn, functionId: found.function_id, event: found.event },
    events: found.events ?? [found.event],
    invokers: found.invokers ?? [],
  };
  const cancelled = { status: "cancelled", at: engine.now() } as const;
  if (chore.do === "ended") {
    if (found.status === "cancelled") await afterEnd(tx, engine, run, cancelled);
    return;
  }
  if (!["queued", "running"].includes(found.status)) return;
  await tx.query({ name: "engine-leave-line", text: "delete from engine.waiting where run_id = $1", values: [chore.run] });
  await endRun(tx, engine, run, cancelled);
}

/** A timeout of the run was reached: it ends unless what the timeout is about has come to pass. */
export async function endTimedOut(
  tx: pg.ClientBase,
  engine: EngineContext,
  timer: { run: string; kind: "start" | "finish" },
): Promise<void> {
  if (timer.kind === "start") {
    const { rows } = await tx.query<{ begun: boolean }>(
      "select started_at is not null as begun from engine.runs where id = $1 for no key update",
      [timer.run],
    );
    if (rows[0]?.begun !== false) return;
  }
  await end(tx, engine, { do: "cancel", run: timer.run });
}

async function isLive(tx: pg.ClientBase, run: string): Promise<boolean> {
  const { rows } = await tx.query<{ status: string }>({
    name: "engine-lock-live",
    text: "select status from engine.runs where id = $1 for no key update",
    values: [run],
  });
  return ["queued", "running"].includes(rows[0]?.status ?? "");
}
