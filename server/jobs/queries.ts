import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { isEngineEmbedded } from "./client.ts";
import {
  type JobError,
  type JobFunction,
  type JobRun,
  type JobStep,
  jobRunStatus,
  jobStep,
  type ListJobRunsInput,
  type ListJobRunsOutput,
  type QueueHealth,
} from "./schema.ts";

const place = z.object({ at: z.iso.datetime(), id: z.uuid() });
const storedError = z.looseObject({ name: z.string().catch("Error"), message: z.string().catch("") });
const storedConfig = z.looseObject({
  triggers: z.array(z.looseObject({ event: z.string() })).catch([]),
  crons: z.array(z.string()).catch([]),
  maxAttempts: z.number().catch(1),
});

type RunRow = Omit<JobRun, "error" | "status"> & { error: unknown; status: string };

/** This workspace's runs, newest first. With Inngest elsewhere its own pages show them, and this list is empty. */
export async function listJobRuns(tx: Tx, input: ListJobRunsInput): Promise<ListJobRunsOutput> {
  const { status = null, functionId = null } = input;
  const list = listName("job-runs", { status, functionId });
  const after = input.cursor ? openCursor(list, input.cursor, place) : null;
  const rows = await tx.$queryRaw<RunRow[]>`
    select id, function_id as "functionId", function_name as "functionName", status, attempt + 1 as attempt, max_attempts as "maxAttempts", error,
      queued_at as "queuedAt", started_at as "startedAt", ended_at as "endedAt", retry_at as "retryAt", steps as "stepsDone"
    from job_runs(${status}, ${functionId}, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${input.limit + 1}::int)`;
  const items = rows.slice(0, input.limit).map((row) => ({ ...row, status: jobRunStatus.parse(row.status), error: readError(row.error) }));
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return { items, ...(last && { nextCursor: sealCursor(list, { at: last.queuedAt.toISOString(), id: last.id }) }) };
}

export async function listJobSteps(tx: Tx, input: { runId: string }): Promise<JobStep[]> {
  const rows = await tx.$queryRaw<(Omit<JobStep, "error" | "status"> & { error: unknown; status: string })[]>`
    select name, status, attempt + 1 as attempt, error, wake_at as "wakeAt", ended_at as "endedAt" from job_steps(${input.runId}::uuid)`;
  return rows.map((row) => ({ ...row, status: jobStep.shape.status.parse(row.status), error: readError(row.error) }));
}

export async function listJobFunctions(tx: Tx): Promise<JobFunction[]> {
  const rows = await tx.$queryRaw<(Omit<JobFunction, "triggers" | "maxAttempts"> & { config: unknown })[]>`
    select id, name, config, running, failed, completed, last_at as "lastAt" from job_functions()`;
  return rows.map(({ config, ...row }) => {
    const { triggers, crons, maxAttempts } = storedConfig.parse(config);
    return { ...row, triggers: [...triggers.map((trigger) => trigger.event), ...crons], maxAttempts };
  });
}

export async function getQueueHealth(tx: Tx): Promise<QueueHealth> {
  const [row] = await tx.$queryRaw<{ events: number; runs: number; workers: number; lagMs: number }[]>`
    select o.events, l.waiting as runs, l.live_workers as workers,
      coalesce(extract(epoch from clock_timestamp() - least(o.oldest_at, l.oldest_at)) * 1000, 0)::float8 as "lagMs"
    from job_lag() l, (select count(*)::int as events, min(created_at) as oldest_at from outbox where workspace_id = ${tx.workspaceId}::uuid) o`;
  return {
    engine: isEngineEmbedded ? "embedded" : "inngest",
    workers: row?.workers ?? 0,
    waitingEvents: row?.events ?? 0,
    waitingRuns: row?.runs ?? 0,
    lagMs: Math.max(0, Math.round(row?.lagMs ?? 0)),
  };
}

function readError(stored: unknown): JobError | null {
  const read = storedError.safeParse(stored);
  return read.success ? { name: read.data.name, message: read.data.message } : null;
}
