import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import { inSweep, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { isEngineEmbedded } from "./client.ts";
import {
  type EngineFunctionRow,
  type EngineOverview,
  type JobError,
  type JobFunction,
  type JobInput,
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

/** What has the look of an id or a mark: anything that could be a person's words or address is left out. */
const PLAIN = /^[A-Za-z0-9][\w:.-]{0,119}$/;

export async function getJobInput(tx: Tx, input: { runId: string }): Promise<JobInput> {
  const [row] = await tx.$queryRaw<{ eventName: string; data: unknown; events: number }[]>`
    select event_name as "eventName", data, events from job_input(${input.runId}::uuid)`;
  if (!row) throw new AppError("NOT_FOUND", "This job is not kept any more.");
  const data = z.record(z.string(), z.unknown()).catch({}).parse(row.data);
  const values = Object.entries(data).flatMap(([key, value]) => {
    if (Array.isArray(value)) return [{ key, value: `${value.length} of them` }];
    const text = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
    return key !== "workspaceId" && PLAIN.test(text) ? [{ key, value: text }] : [];
  });
  return { eventName: row.eventName, events: row.events, values };
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

/** Counts over all workspaces; no tenant's rows are read. */
export async function getEngineOverview(): Promise<EngineOverview> {
  return inSweep(async (tx) => {
    const functions = await tx.$queryRaw<EngineFunctionRow[]>`
      select id, name, waiting, running, paused, failed, completed, last_at as "lastAt" from engine_functions()`;
    const [state] = await tx.$queryRaw<Omit<EngineOverview, "engine" | "functions">[]>`
      select s.workers, s.events_held as "heldEvents", s.waits, s.timers, s.in_line as "inLine", o.events as "waitingEvents",
        coalesce(round(extract(epoch from clock_timestamp() - least(o.oldest_at, s.oldest_at)) * 1000), 0)::int as "lagMs"
      from engine_state() s, (select count(*)::int as events, min(created_at) as oldest_at from outbox) o`;
    const quiet = { workers: 0, heldEvents: 0, waits: 0, timers: 0, inLine: 0, waitingEvents: 0, lagMs: 0 };
    return { engine: isEngineEmbedded ? "embedded" : "inngest", functions, ...(state ?? quiet), lagMs: Math.max(0, state?.lagMs ?? 0) };
  });
}

function readError(stored: unknown): JobError | null {
  const read = storedError.safeParse(stored);
  return read.success ? { name: read.data.name, message: read.data.message } : null;
}
