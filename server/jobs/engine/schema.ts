import * as z from "zod";

/** What the SDK says about a function when it is asked for its configuration. Everything else it may hold is refused by name. */
const functionConfig = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(z.looseObject({ event: z.string().optional(), cron: z.string().optional(), expression: z.string().optional() })),
  steps: z.record(z.string(), z.looseObject({ retries: z.looseObject({ attempts: z.number().int().min(0) }).optional() })),
  concurrency: z.unknown().optional(),
});
export type FunctionConfig = z.infer<typeof functionConfig>;

export const syncAnswer = z.looseObject({ functions: z.array(functionConfig) });

export const concurrencyLimit = z.looseObject({ limit: z.number().int().min(0), key: z.string().optional(), scope: z.string().optional() });

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

/** An event as functions see it. */
export type EngineEvent = { id: string; name: string; data: Record<string, unknown>; ts: number };

export type Limit = { limit: number; path: readonly string[] | null };

export type EngineFunction = {
  id: string;
  name: string;
  events: readonly string[];
  crons: readonly string[];
  /** an onFailure handler: only failures of this function concern it */
  failureOf: string | null;
  maxAttempts: number;
  limits: readonly Limit[];
};
