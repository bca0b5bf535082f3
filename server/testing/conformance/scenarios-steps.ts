import { type Inngest, type InngestFunction, NonRetriableError, RetryAfterError } from "inngest";
import { type Payload, send, type Target } from "./target.ts";

/** One thing that an engine must do, and what is seen when it does. */
export type Scenario = {
  name: string;
  functions: (client: Inngest.Any, target: Target) => InngestFunction.Any[];
  play: (target: Target) => Promise<void>;
  isOver: (target: Target) => boolean;
  /** how long to look on after that, for what must not happen */
  watchMs?: number;
  observe: (target: Target) => unknown;
};

type Cause = { event: { name: string; data: Payload } };
const of = ({ event }: { event: unknown }): Payload => (event as Cause["event"]).data;

export const chain: Scenario = {
  name: "steps one after the other, an event sent by a step",
  functions: (client, { trace }) => [
    client.createFunction({ id: "chain", triggers: [{ event: "conf/chain" }] }, async ({ event, step, attempt }) => {
      const { tag, session } = of({ event });
      const a = await step.run("a", () => trace.note("chain", tag, "a"));
      const b = await step.run("b", () => trace.note("chain", tag, `b after ${a}`));
      await step.sendEvent("tell", { name: "conf/chain.told", data: { session, tag, b } });
      trace.note("chain", tag, `returns at attempt ${attempt}`);
      return b;
    }),
    client.createFunction({ id: "told", triggers: [{ event: "conf/chain.told" }] }, ({ event }) => {
      trace.note("told", of({ event }).tag, `hears ${of({ event }).b}`);
    }),
  ],
  play: (target) => send(target, "conf/chain", "one"),
  isOver: ({ trace }) => trace.of("told").length > 0 && trace.story("chain", "one").some((what) => what.startsWith("returns")),
  observe: ({ trace }) => ({ chain: trace.story("chain", "one"), told: trace.story("told", "one") }),
};

export const parallel: Scenario = {
  name: "parallel steps, a chain and a sleep among them",
  functions: (client, { trace }) => [
    client.createFunction({ id: "parallel", triggers: [{ event: "conf/parallel" }] }, async ({ event, step }) => {
      const { tag } = of({ event });
      const note = (what: string): string => trace.note("parallel", tag, what);
      const branch = async (): Promise<string> => {
        const first = await step.run("a1", () => note("a1"));
        return step.run("a2", () => note(`a2 after ${first}`));
      };
      const results = await Promise.all([
        branch(),
        step.run("b", () => note("b")),
        step.run("c", () => note("c")),
        step.sleep("nap", "1s"),
      ]);
      await step.run("end", () => note(`end after ${results.slice(0, 3).join("+")}`));
      note("returns");
    }),
  ],
  play: (target) => send(target, "conf/parallel", "one"),
  isOver: ({ trace }) => trace.story("parallel", "one").includes("returns"),
  observe: ({ trace }) => {
    const story = trace.story("parallel", "one");
    return {
      beside: story.slice(0, 4).toSorted(),
      chained: story.indexOf("a1") < story.indexOf("a2 after a1"),
      afterwards: story.slice(4),
    };
  },
};

export const race: Scenario = {
  name: "a race of parallel steps",
  functions: (client, { trace }) => [
    client.createFunction({ id: "race", triggers: [{ event: "conf/race" }] }, async ({ event, step, group }) => {
      const { tag } = of({ event });
      const winner = await group.parallel({ mode: "race" }, () =>
        Promise.race([step.sleep("slow", "15s").then(() => "slept"), step.run("quick", () => "ran")]),
      );
      await step.run("after", () => trace.note("race", tag, `after ${winner}`));
      trace.note("race", tag, "returns");
    }),
  ],
  play: (target) => send(target, "conf/race", "one"),
  isOver: ({ trace }) => trace.story("race", "one").includes("returns"),
  observe: ({ trace }) => {
    const [after, returned] = trace.of("race");
    // What follows a race is no part of it: the run then waits for the loser, too.
    return { story: trace.story("race", "one"), loserIsWaitedFor: (returned?.at ?? 0) - (after?.at ?? 0) > 2_000 };
  },
};

export const retries: Scenario = {
  name: "a step that fails twice, a function that fails once",
  functions: (client, { trace }) => [
    client.createFunction({ id: "retries", triggers: [{ event: "conf/retries" }], retries: 3 }, async ({ event, step, attempt }) => {
      const { tag } = of({ event });
      const value = await step.run("stumbles", () => {
        trace.note("retries", tag, `step at attempt ${attempt}`);
        if (attempt < 2) throw new RetryAfterError("not yet", "1s");
        return "got there";
      });
      trace.note("retries", tag, `${value}, function at attempt ${attempt}`);
      if (attempt < 1) throw new RetryAfterError("once more", "1s");
      return value;
    }),
  ],
  play: (target) => send(target, "conf/retries", "one"),
  isOver: ({ trace }) => trace.story("retries", "one").includes("got there, function at attempt 1"),
  observe: ({ trace }) => trace.story("retries", "one"),
};

export const failures: Scenario = {
  name: "a failed step that is caught, a failed run and its onFailure",
  functions: (client, { trace }) => [
    client.createFunction(
      {
        id: "failures",
        triggers: [{ event: "conf/failures" }],
        retries: 1,
        onFailure: ({ event, error }) => {
          const cause = of({ event: (event as { data: { event: unknown } }).data.event });
          trace.note("failures", cause.tag, `onFailure: ${error.name}: ${error.message}`);
        },
      },
      async ({ event, step, attempt }) => {
        const { tag } = of({ event });
        const instead = await step
          .run("gone", () => {
            trace.note("failures", tag, `gone at attempt ${attempt}`);
            throw new NonRetriableError("gone for good");
          })
          .catch((error: Error) => `caught ${error.message}`);
        await step.run("then", () => trace.note("failures", tag, instead));
        await step.run("bad", () => {
          trace.note("failures", tag, `bad at attempt ${attempt}`);
          throw new RetryAfterError("bad", "1s");
        });
      },
    ),
  ],
  play: (target) => send(target, "conf/failures", "one"),
  isOver: ({ trace }) => trace.story("failures", "one").some((what) => what.startsWith("onFailure")),
  observe: ({ trace }) => trace.story("failures", "one"),
};

export const sleeps: Scenario = {
  name: "sleep and sleepUntil",
  functions: (client, { trace }) => [
    client.createFunction({ id: "sleeps", triggers: [{ event: "conf/sleeps" }] }, async ({ event, step }) => {
      const { tag, until } = of({ event });
      await step.run("before", () => trace.note("sleeps", tag, "before"));
      await step.sleep("nap", "2s");
      await step.run("between", () => trace.note("sleeps", tag, "between"));
      await step.sleepUntil("then", String(until));
      await step.run("after", () => trace.note("sleeps", tag, "after"));
    }),
  ],
  play: (target) => send(target, "conf/sleeps", "one", { until: "2026-01-01T00:00:00Z" }),
  isOver: ({ trace }) => trace.story("sleeps", "one").includes("after"),
  observe: ({ trace }) => {
    const [before, between] = trace.of("sleeps");
    return { story: trace.story("sleeps", "one"), atLeastTwoSeconds: (between?.at ?? 0) - (before?.at ?? 0) >= 1_900 };
  },
};

export const invoking: Scenario = {
  name: "invoke: a result, a failure that is caught, a timeout",
  functions: (client, { trace }) => {
    const half = client.createFunction({ id: "half", retries: 0 }, async ({ event, step }) => {
      const { n, tag } = of({ event });
      trace.note("half", tag, `half of ${n}, ${event.name}`);
      if (Number(n) % 2) throw new Error("odd");
      if (n === 0) await step.sleep("for ever", "1h");
      return Number(n) / 2;
    });
    const whole = client.createFunction({ id: "whole", triggers: [{ event: "conf/invoke" }], retries: 0 }, async ({ event, step }) => {
      const { tag } = of({ event });
      const four = await step.invoke("four", { function: half, data: { n: 4, tag } });
      const odd = await step.invoke("odd", { function: half, data: { n: 3, tag } }).catch((error: Error) => `caught ${error.message}`);
      const slow = await step.invoke("slow", { function: half, data: { n: 0, tag }, timeout: "2s" }).catch(() => "too slow");
      trace.note("whole", tag, `returns ${four}, ${odd}, ${slow}`);
    });
    return [half, whole];
  },
  play: (target) => send(target, "conf/invoke", "one"),
  isOver: ({ trace }) => trace.of("whole").length > 0,
  observe: ({ trace }) => ({
    half: trace.story("half", "one").filter((what, at, all) => all.indexOf(what) === at),
    whole: trace.story("whole", "one"),
  }),
};
