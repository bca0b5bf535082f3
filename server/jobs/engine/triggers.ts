import type { EngineContext } from "./context.ts";
import { isTrue, patternsOf } from "./domain/expressions.ts";
import type { EngineEvent, EngineFunction } from "./schema.ts";

/** Name or pattern → who listens. A function that names an event twice still starts once. */
export function listenersOf(functions: Iterable<EngineFunction>): Map<string, EngineFunction[]> {
  const listeners = new Map<string, EngineFunction[]>();
  for (const fn of functions) {
    for (const name of new Set(fn.triggers.map((trigger) => trigger.event))) listeners.set(name, [...(listeners.get(name) ?? []), fn]);
  }
  return listeners;
}

/** The functions that an event starts. */
export function startedBy(engine: Pick<EngineContext, "listeners">, event: EngineEvent): EngineFunction[] {
  const patterns = patternsOf(event.name);
  const listening = new Set(patterns.flatMap((pattern) => engine.listeners.get(pattern) ?? []));
  return [...listening].filter((fn) => {
    if (fn.failureOf !== null) return event.data.function_id === fn.failureOf;
    return fn.triggers.some((trigger) => patterns.includes(trigger.event) && (trigger.if === null || isTrue(trigger.if, { event })));
  });
}
