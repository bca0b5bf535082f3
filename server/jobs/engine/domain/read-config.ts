import { concurrencyLimit, type EngineFunction, type FunctionConfig, type Limit } from "../schema.ts";
import { readCron } from "./cron-times.ts";
import { compile, keyValue } from "./expressions.ts";
import { durationMs } from "./retry-times.ts";

const UNDERSTOOD = new Set([
  ...["id", "name", "triggers", "steps", "concurrency", "idempotency", "rateLimit", "throttle", "debounce", "batchEvents"],
  ...["priority", "timeouts", "cancel"],
]);
const FAILED = "inngest/function.failed";
const FAILURE_OF = /^event\.data\.function_id == '([^']+)'$/;
const DEFAULT_RETRIES = 3;
const DAY_MS = 24 * 60 * 60 * 1_000;
const MOST_IN_A_BATCH = 10_000;

/** Turns the SDK's configuration into what the engine runs by, and refuses by name what it does not support. */
export function readConfig(config: FunctionConfig): EngineFunction {
  const refuse = (feature: string): never => {
    throw new Error(`The function "${config.id}" uses ${feature}, which the embedded engine does not support.`);
  };
  const wrong = (what: string): never => {
    throw new Error(`The function "${config.id}" has ${what}.`);
  };
  const expression = (text: string | null | undefined): string | null => {
    if (!text) return null;
    try {
      compile(text);
    } catch {
      wrong(`an expression that cannot be read: ${text}`);
    }
    return text;
  };
  const duration = (text: string): number => durationMs(text) ?? wrong(`a time that cannot be read: ${text}`);
  const optional = (text: string | null | undefined): number | null => (text ? duration(text) : null);
  const atLeastOne = (count: number): number => (count >= 1 ? Math.floor(count) : wrong("a limit below one"));

  for (const [key, value] of Object.entries(config)) {
    if (value !== undefined && value !== null && !UNDERSTOOD.has(key)) refuse(key);
  }
  const { throttle, rateLimit, idempotency, debounce, batchEvents: batch } = config;
  if (batch && (config.cancel?.length || debounce)) refuse(`batchEvents together with ${debounce ? "debounce" : "cancelOn"}`);
  if (batch && batch.maxSize > MOST_IN_A_BATCH) wrong(`a batch of more than ${MOST_IN_A_BATCH}`);
  const retries = Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES;
  return {
    id: config.id,
    name: config.name ?? config.id,
    ...readTriggers(config, expression, refuse),
    maxAttempts: retries + 1,
    limits: readLimits(config.concurrency, expression, refuse),
    throttle: throttle
      ? {
          limit: atLeastOne(throttle.limit),
          burst: throttle.burst ?? 0,
          periodMs: duration(throttle.period),
          key: expression(throttle.key),
        }
      : null,
    rates: [
      ...(rateLimit ? [{ limit: rateLimit.limit, period: rateLimit.period, key: rateLimit.key }] : []),
      // Inngest's own reading of idempotency: once for each value in a day.
      ...(idempotency ? [{ limit: 1, period: "24h", key: idempotency }] : []),
    ].map(({ limit, period, key }) => {
      const periodMs = Math.min(duration(period), DAY_MS);
      return { limit: atLeastOne(limit), burst: Math.floor(limit / 10), periodMs, key: expression(key) };
    }),
    debounce: debounce
      ? { periodMs: duration(debounce.period), timeoutMs: optional(debounce.timeout), key: expression(debounce.key) }
      : null,
    batch:
      batch && batch.maxSize > 1
        ? { maxSize: batch.maxSize, timeoutMs: duration(batch.timeout), key: expression(batch.key), if: expression(batch.if) }
        : null,
    priority: expression(config.priority?.run),
    startTimeoutMs: optional(config.timeouts?.start),
    finishTimeoutMs: optional(config.timeouts?.finish),
    cancels: (config.cancel ?? []).map((cancel) => ({ event: cancel.event, if: expression(cancel.if), timeout: cancel.timeout ?? null })),
  };
}

type Refuse = (feature: string) => never;
type Expression = (text: string | null | undefined) => string | null;

function readTriggers(
  config: FunctionConfig,
  expression: Expression,
  refuse: Refuse,
): Pick<EngineFunction, "triggers" | "crons" | "failureOf"> {
  const triggers: { event: string; if: string | null }[] = [];
  const crons: string[] = [];
  let failureOf: string | null = null;
  for (const trigger of config.triggers) {
    if (trigger.cron) {
      if (trigger.jitter) refuse("a schedule with jitter");
      readCron(trigger.cron);
      crons.push(trigger.cron);
    }
    if (!trigger.event) continue;
    const star = trigger.event.indexOf("*");
    if (star >= 0 && (star < trigger.event.length - 1 || !/[/.]\*$/.test(trigger.event))) refuse(`the wildcard ${trigger.event}`);
    if (trigger.event === FAILED && trigger.expression) failureOf = FAILURE_OF.exec(trigger.expression)?.[1] ?? failureOf;
    triggers.push({ event: trigger.event, if: expression(trigger.expression) });
  }
  return { triggers, crons, failureOf };
}

function readLimits(concurrency: unknown, expression: Expression, refuse: Refuse): Limit[] {
  if (concurrency === undefined || concurrency === null) return [];
  const list = Array.isArray(concurrency) ? concurrency : [typeof concurrency === "number" ? { limit: concurrency } : concurrency];
  return list
    .map((entry) => concurrencyLimit.parse(entry))
    .filter(({ limit }) => limit > 0)
    .map(({ limit, key, scope }) => {
      if (scope && scope !== "fn" && !key) refuse(`concurrency with scope "${scope}" and no key`);
      return { limit, key: expression(key), scope: scope ?? "fn" };
    });
}

/** One key per limit: runs with the same key share its places, across functions when the limit says so. */
export function limitKeys(fn: EngineFunction, event: unknown): string[] {
  return fn.limits.map(({ key, scope }, index) => {
    const owner = scope === "fn" ? `${fn.id}|${index}` : `${scope}|`;
    return `${owner}|${key === null ? "" : keyValue(key, { event })}`;
  });
}

/** Functions whose limits can meet are admitted in one line. */
export function lineOf(fn: EngineFunction): string {
  return fn.limits.some(({ scope }) => scope !== "fn") ? "*" : fn.id;
}
