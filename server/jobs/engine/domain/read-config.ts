import { concurrencyLimit, type EngineFunction, type FunctionConfig, type Limit } from "../schema.ts";
import { readCron } from "./cron-times.ts";

const UNDERSTOOD = new Set(["id", "name", "triggers", "steps", "concurrency"]);
const FAILED = "inngest/function.failed";
const FAILURE_OF = /^event\.data\.function_id == '([^']+)'$/;
const PATH = /^event((?:\.[A-Za-z_][A-Za-z0-9_]*)+)$/;
const DEFAULT_RETRIES = 3;

/** Turns the SDK's configuration into what the engine runs by, and refuses by name what it does not support yet. */
export function readConfig(config: FunctionConfig): EngineFunction {
  const refuse = (feature: string): never => {
    throw new Error(`The function "${config.id}" uses ${feature}, which the embedded engine does not support yet.`);
  };
  for (const [key, value] of Object.entries(config)) {
    if (value !== undefined && value !== null && !UNDERSTOOD.has(key)) refuse(key === "cancel" ? "cancelOn" : key);
  }
  const events: string[] = [];
  const crons: string[] = [];
  let failureOf: string | null = null;
  for (const trigger of config.triggers) {
    if (trigger.cron) {
      readCron(trigger.cron);
      crons.push(trigger.cron);
    }
    if (!trigger.event) continue;
    if (trigger.event.includes("*")) refuse("a trigger with a wildcard");
    if (trigger.expression) {
      failureOf = trigger.event === FAILED ? (FAILURE_OF.exec(trigger.expression)?.[1] ?? null) : null;
      if (failureOf === null) refuse("a trigger with `if`");
    }
    events.push(trigger.event);
  }
  const retries = Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES;
  return {
    id: config.id,
    name: config.name ?? config.id,
    events,
    crons,
    failureOf,
    maxAttempts: retries + 1,
    limits: readLimits(config.concurrency, refuse),
  };
}

function readLimits(concurrency: unknown, refuse: (feature: string) => never): Limit[] {
  if (concurrency === undefined || concurrency === null) return [];
  const list = Array.isArray(concurrency) ? concurrency : [typeof concurrency === "number" ? { limit: concurrency } : concurrency];
  return list
    .map((entry) => concurrencyLimit.parse(entry))
    .filter(({ limit }) => limit > 0)
    .map(({ limit, key, scope }) => {
      if (scope && scope !== "fn") refuse(`concurrency with scope "${scope}"`);
      const path = key === undefined ? null : PATH.exec(key)?.[1]?.slice(1).split(".");
      return { limit, path: path === undefined ? refuse(`the concurrency key ${key}`) : path };
    });
}

/** One key per limit: runs with the same key share its places. A missing value is a key of its own. */
export function limitKeys(fn: EngineFunction, event: unknown): string[] {
  return fn.limits.map(({ path }, index) => {
    let value: unknown = path ? event : null;
    for (const part of path ?? []) value = typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
    return `${fn.id}|${index}|${path ? JSON.stringify(value ?? null) : ""}`;
  });
}
