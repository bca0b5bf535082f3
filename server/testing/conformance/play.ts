import type { Inngest, InngestFunction } from "inngest";
import { cancelling, matching, schedule, timeouts, triggers } from "./scenarios-events.ts";
import { batching, concurrency, debouncing, rates, throttling } from "./scenarios-flow.ts";
import { chain, failures, invoking, parallel, race, retries, type Scenario, sleeps } from "./scenarios-steps.ts";
import type { Target } from "./target.ts";

export const scenarios: readonly Scenario[] = [
  ...[chain, parallel, race, retries, failures, sleeps, invoking, matching, triggers, cancelling, timeouts, schedule],
  ...[throttling, rates, debouncing, batching, concurrency],
];

const LONGEST_MS = 90_000;
const LOOK_EVERY_MS = 200;

export function conformanceFunctions(client: Inngest.Any, target: Target): InngestFunction.Any[] {
  return scenarios.flatMap((scenario) => scenario.functions(client, target));
}

/** Plays all scenarios at once and says what was seen of each. */
export async function playAll(target: Target): Promise<Map<string, unknown>> {
  const seen = await Promise.all(scenarios.map(async (scenario) => [scenario.name, await play(scenario, target)] as const));
  return new Map(seen);
}

async function play(scenario: Scenario, target: Target): Promise<unknown> {
  await scenario.play(target);
  for (let waited = 0; !scenario.isOver(target); waited += LOOK_EVERY_MS) {
    if (waited > LONGEST_MS) return { neverEnded: scenario.observe(target) };
    await target.pause(LOOK_EVERY_MS);
  }
  await target.pause(scenario.watchMs ?? 0);
  return scenario.observe(target);
}
