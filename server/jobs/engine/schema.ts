import * as z from "zod";

/** What the SDK says about a function when it is asked for its configuration. Everything else it may hold is refused by name. */
const functionConfig = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(
    z.looseObject({
      event: z.string().nullish(),
      cron: z.string().nullish(),
      expression: z.string().nullish(),
      jitter: z.unknown().optional(),
    }),
  ),
  steps: z.record(z.string(), z.looseObject({ retries: z.looseObject({ attempts: z.number().int().min(0) }).optional() })),
  concurrency: z.unknown().optional(),
  idempotency: z.string().nullish(),
  rateLimit: z.looseObject({ limit: z.number(), period: z.string(), key: z.string().nullish() }).nullish(),
  throttle: z.looseObject({ limit: z.number(), period: z.string(), burst: z.number().nullish(), key: z.string().nullish() }).nullish(),
  debounce: z.looseObject({ period: z.string(), timeout: z.string().nullish(), key: z.string().nullish() }).nullish(),
  batchEvents: z.looseObject({ maxSize: z.number(), timeout: z.string(), key: z.string().nullish(), if: z.string().nullish() }).nullish(),
  priority: z.looseObject({ run: z.string().nullish() }).nullish(),
  timeouts: z.looseObject({ start: z.string().nullish(), finish: z.string().nullish() }).nullish(),
  cancel: z.array(z.looseObject({ event: z.string(), if: z.string().nullish(), timeout: z.string().nullish() })).nullish(),
});
export type FunctionConfig = z.infer<typeof functionConfig>;

export const syncAnswer = z.looseObject({ functions: z.array(functionConfig) });

export const concurrencyLimit = z.looseObject({
  limit: z.number().int().min(0),
  key: z.string().nullish(),
  scope: z.enum(["fn", "env", "account"]).nullish(),
});

const timeout = z.string();
export const waitOpts = z.looseObject({ timeout: timeout.nullish(), if: z.string().nullish() });
export const invokeOpts = z.looseObject({
  function_id: z.string(),
  payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  timeout: timeout.nullish(),
});

/** One operation in a 206 answer or in a checkpoint. The SDK sends much more; only this is read. */
export const op = z.looseObject({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.unknown().optional(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Op = z.infer<typeof op>;

export const sentEvent = z.looseObject({
  name: z.string().min(1),
  data: z.unknown().optional(),
  id: z.string().optional(),
  ts: z.number().optional(),
});

export const checkpointBody = z.looseObject({ qi_id: z.string(), steps: z.array(op) });

export const jobPayload = z.object({ run: z.uuid(), step: z.string(), turn: z.number().int() });
/** Which job this is. `step` is empty for the function itself, else the planned step that is to run alone. */
export type Job = z.infer<typeof jobPayload>;

/** What is done to a run without calling its function. */
export const chore = z.object({
  do: z.enum(["resume", "cancel", "ended"]),
  run: z.uuid(),
  step: z.string().default(""),
  /** the invoked run whose end the step waits for */
  child: z.uuid().optional(),
});
export type Chore = z.infer<typeof chore>;

/** An event as functions see it. */
export type EngineEvent = { id: string; name: string; data: Record<string, unknown>; ts: number };

export type Limit = { limit: number; key: string | null; scope: "fn" | "env" | "account" };

export type EngineFunction = {
  id: string;
  name: string;
  triggers: readonly { event: string; if: string | null }[];
  crons: readonly string[];
  /** an onFailure handler: only failures of this function concern it */
  failureOf: string | null;
  maxAttempts: number;
  limits: readonly Limit[];
  throttle: { limit: number; burst: number; periodMs: number; key: string | null } | null;
  /** rateLimit and idempotency: what comes too often starts nothing */
  rates: readonly { limit: number; burst: number; periodMs: number; key: string | null }[];
  debounce: { periodMs: number; timeoutMs: number | null; key: string | null } | null;
  batch: { maxSize: number; timeoutMs: number; key: string | null; if: string | null } | null;
  /** seconds by which a run goes ahead of those that wait with it */
  priority: string | null;
  startTimeoutMs: number | null;
  finishTimeoutMs: number | null;
  cancels: readonly { event: string; if: string | null; timeout: string | null }[];
};

/** The step of another run that waits for this one. */
export const invoker = z.object({ run: z.uuid(), step: z.string() });
export type Invoker = z.infer<typeof invoker>;
