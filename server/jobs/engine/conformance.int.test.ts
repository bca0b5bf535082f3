import type { Inngest } from "inngest";
import { describe, expect, it } from "vitest";
import { expected } from "#server/testing/conformance/expected.ts";
import { conformanceFunctions, playAll, scenarios } from "#server/testing/conformance/play.ts";
import type { Target } from "#server/testing/conformance/target.ts";
import { createTrace } from "#server/testing/conformance/trace.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine, virtualClock } from "#server/testing/engine.ts";

await testDatabase();

/** All scenarios wait on one clock, which goes on when everybody waits and the engine has nothing to do. */
function patientClock(clock: ReturnType<typeof virtualClock>, work: () => Promise<void>) {
  const waiting: { until: number; go: () => void }[] = [];
  const STEP_MS = 200;
  return {
    pause: (ms: number) => new Promise<void>((go) => waiting.push({ until: clock.now().getTime() + ms, go })),
    async run<T>(story: Promise<T>): Promise<T> {
      let isOver = false;
      void story.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await work();
        clock.forward(STEP_MS);
        for (const one of waiting.splice(0)) {
          if (one.until <= clock.now().getTime()) one.go();
          else waiting.push(one);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      return story;
    },
  };
}

describe("the embedded engine", () => {
  it("does what an Inngest server was seen to do", { timeout: 120_000 }, async () => {
    const clock = virtualClock("2026-03-02T09:00:00Z");
    const target: { client?: Inngest.Any } & Omit<Target, "client"> = {
      trace: createTrace(() => clock.now().getTime()),
      session: "virtual",
      pause: (ms) => patient.pause(ms),
      work: () => new Promise((resolve) => setTimeout(resolve, 2)),
    };
    const engine = await testEngine(
      (client) => {
        target.client = client;
        return conformanceFunctions(client, target as Target);
      },
      { id: "conformance", clock },
    );
    const patient = patientClock(clock, engine.drain);
    const seen = await patient.run(playAll(target as Target));
    for (const { name } of scenarios) expect(seen.get(name), name).toEqual(expected[name]);
  });
});
