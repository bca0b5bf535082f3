import * as z from "zod";

export const jobRunStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type JobRunStatus = z.infer<typeof jobRunStatus>;

/** What went wrong, in the function's own words. Messages carry no personal values. */
const jobError = z.object({ name: z.string(), message: z.string() });
export type JobError = z.infer<typeof jobError>;

const jobRun = z.object({
  id: z.uuid(),
  functionId: z.string(),
  functionName: z.string(),
  status: jobRunStatus,
  /** of the current step, from 1 */
  attempt: z.number().int(),
  maxAttempts: z.number().int(),
  error: jobError.nullable(),
  queuedAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  retryAt: z.date().nullable(),
  stepsDone: z.number().int(),
});
export type JobRun = z.infer<typeof jobRun>;

export const jobStep = z.object({
  name: z.string(),
  status: z.enum(["planned", "sleeping", "waiting", "done", "failed"]),
  attempt: z.number().int(),
  error: jobError.nullable(),
  wakeAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type JobStep = z.infer<typeof jobStep>;

export const jobFunction = z.object({
  id: z.string(),
  name: z.string(),
  /** event names and schedules that start it */
  triggers: z.array(z.string()),
  maxAttempts: z.number().int(),
  /** of this workspace, in the last 24 hours */
  running: z.number().int(),
  failed: z.number().int(),
  completed: z.number().int(),
  lastAt: z.date().nullable(),
});
export type JobFunction = z.infer<typeof jobFunction>;

export const listJobRunsInput = z.object({
  status: jobRunStatus.optional(),
  functionId: z.string().max(200).optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListJobRunsInput = z.output<typeof listJobRunsInput>;
export const listJobRunsOutput = z.object({ items: z.array(jobRun), nextCursor: z.string().optional() });
export type ListJobRunsOutput = z.infer<typeof listJobRunsOutput>;

/** Whether anything is stuck: events that were not handed over, and runs that nobody began. */
export const queueHealth = z.object({
  engine: z.enum(["embedded", "inngest"]),
  workers: z.number().int(),
  waitingEvents: z.number().int(),
  waitingRuns: z.number().int(),
  /** how long the oldest of them has waited; 0 when nothing does */
  lagMs: z.number().int(),
});
export type QueueHealth = z.infer<typeof queueHealth>;

/** What started a run: ids and plain marks, never a person's words. */
export const jobInput = z.object({
  eventName: z.string(),
  /** in a batch more than one */
  events: z.number().int(),
  values: z.array(z.object({ key: z.string(), value: z.string() })),
});
export type JobInput = z.infer<typeof jobInput>;

const engineFunction = z.object({
  id: z.string(),
  name: z.string(),
  /** not begun */
  waiting: z.number().int(),
  running: z.number().int(),
  /** begun, and now asleep, waiting or between two tries */
  paused: z.number().int(),
  /** in the last 24 hours */
  failed: z.number().int(),
  completed: z.number().int(),
  lastAt: z.date().nullable(),
});
export type EngineFunctionRow = z.infer<typeof engineFunction>;

/** The engine over all workspaces, for whoever runs the instance: counts, and nobody's rows. */
export const engineOverview = z.object({
  engine: z.enum(["embedded", "inngest"]),
  workers: z.number().int(),
  waitingEvents: z.number().int(),
  heldEvents: z.number().int(),
  waits: z.number().int(),
  timers: z.number().int(),
  inLine: z.number().int(),
  lagMs: z.number().int(),
  functions: z.array(engineFunction),
});
export type EngineOverview = z.infer<typeof engineOverview>;
