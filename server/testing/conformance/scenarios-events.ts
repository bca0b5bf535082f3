import type { Scenario } from "./scenarios-steps.ts";
import { type Payload, send } from "./target.ts";

const of = ({ event }: { event: unknown }): Payload => (event as { data: Payload }).data;
const tags = (entries: readonly { tag: string }[]): string[] => entries.map((entry) => entry.tag);

export const matching: Scenario = {
  name: "waitForEvent with match, if and a timeout",
  functions: (client, { trace }) => [
    client.createFunction({ id: "waits", triggers: [{ event: "conf/waits" }] }, async ({ event, step }) => {
      const { tag, session } = of({ event });
      await step.run("before", () => trace.note("waits", tag, "waits"));
      const paid = await step.waitForEvent("paid", { event: "conf/waits.paid", match: "data.tag", timeout: "1m" });
      await step.run("paid", () => trace.note("waits", tag, `paid by ${paid?.data.by}`));
      const large = await step.waitForEvent("large", {
        event: "conf/waits.sum",
        if: `async.data.session == '${session}' && async.data.tag == event.data.tag && async.data.sum > event.data.least`,
        timeout: "6s",
      });
      trace.note("waits", tag, large === null ? "nothing large" : `large ${large.data.sum}`);
    }),
  ],
  play: async (target) => {
    const { trace, pause } = target;
    const waited = async (what: string, times: number): Promise<void> => {
      for (let i = 0; i < 200 && trace.of("waits").filter((entry) => entry.what.startsWith(what)).length < times; i++) await pause(100);
      // A wait hears only of what comes after it was written down.
      await pause(1_500);
    };
    await send(target, "conf/waits.paid", "x", { by: "too early" });
    await pause(500);
    for (const tag of ["x", "y"]) await send(target, "conf/waits", tag, { least: 10 });
    await waited("waits", 2);
    await send(target, "conf/waits.paid", "z", { by: "nobody" });
    await send(target, "conf/waits.paid", "y", { by: "yves" });
    await send(target, "conf/waits.paid", "x", { by: "xenia" });
    await waited("paid", 2);
    await send(target, "conf/waits.sum", "x", { sum: 10 });
    await send(target, "conf/waits.sum", "y", { sum: 11 });
  },
  isOver: ({ trace }) => trace.of("waits").filter(({ what }) => what.includes("large")).length === 2,
  observe: ({ trace }) => ({ x: trace.story("waits", "x"), y: trace.story("waits", "y") }),
};

export const triggers: Scenario = {
  name: "a trigger with if, a wildcard, one run however many match",
  functions: (client, { trace }) => [
    client.createFunction(
      {
        id: "triggers",
        triggers: [
          { event: "conf.trigger/*", if: "event.data.sum >= 10 && event.data.kind != 'no'" },
          { event: "conf.trigger/paid", if: "event.data.vip == true" },
        ],
      },
      ({ event }) => trace.note("triggers", of({ event }).tag, event.name),
    ),
  ],
  play: async (target) => {
    await send(target, "conf.trigger/paid", "small", { sum: 1 });
    await send(target, "conf.trigger/open", "large", { sum: 10 });
    await send(target, "conf.trigger/open", "barred", { sum: 10, kind: "no" });
    await send(target, "conf.trigger/paid", "both", { sum: 99, vip: true });
    await send(target, "conf.trigger/paid", "vip", { vip: true });
    await send(target, "conf.trigger/open", "nothing", {});
  },
  isOver: ({ trace }) => trace.of("triggers").length >= 3,
  watchMs: 1_500,
  observe: ({ trace }) =>
    trace
      .of("triggers")
      .map((entry) => `${entry.tag} ${entry.what}`)
      .toSorted(),
};

export const cancelling: Scenario = {
  name: "cancelOn with match, with if, and who hears of it",
  functions: (client, { trace }) => [
    client.createFunction(
      {
        id: "cancels",
        triggers: [{ event: "conf/cancels" }],
        cancelOn: [
          { event: "conf/cancels.stop", match: "data.tag" },
          { event: "conf/cancels.level", if: "async.data.session == event.data.session && async.data.level > event.data.level" },
        ],
      },
      async ({ event, step }) => {
        const { tag } = of({ event });
        await step.run("begin", () => trace.note("cancels", tag, "begins"));
        await step.sleep("long", "8s");
        await step.run("end", () => trace.note("cancels", tag, "ends"));
      },
    ),
    client.createFunction({ id: "hears", triggers: [{ event: "inngest/function.cancelled" }] }, ({ event }) => {
      const { event: cause, function_id } = event.data as { event: unknown; function_id: string };
      if (function_id.endsWith("cancels")) trace.note("hears", of({ event: cause }).tag, "cancelled");
    }),
  ],
  play: async (target) => {
    await send(target, "conf/cancels.stop", "b", {});
    await target.pause(500);
    await send(target, "conf/cancels", "a", { level: 9 });
    await send(target, "conf/cancels", "b", { level: 9 });
    await send(target, "conf/cancels", "c", { level: 5 });
    for (let i = 0; i < 100 && target.trace.of("cancels").length < 3; i++) await target.pause(100);
    await target.pause(1_000);
    await send(target, "conf/cancels.stop", "a", {});
    await send(target, "conf/cancels.level", "-", { level: 7 });
  },
  isOver: ({ trace }) => trace.story("cancels", "b").includes("ends"),
  watchMs: 2_000,
  observe: ({ trace }) => ({ runs: ["a", "b", "c"].map((tag) => trace.story("cancels", tag)), heard: tags(trace.of("hears")).toSorted() }),
};

export const timeouts: Scenario = {
  name: "timeouts: a run that does not finish in time",
  functions: (client, { trace }) => [
    client.createFunction(
      { id: "timeouts", triggers: [{ event: "conf/timeouts" }], timeouts: { finish: "4s" } },
      async ({ event, step }) => {
        const { tag, seconds } = of({ event });
        await step.run("begin", () => trace.note("timeouts", tag, "begins"));
        await step.sleep("nap", `${seconds}s`);
        await step.run("end", () => trace.note("timeouts", tag, "ends"));
      },
    ),
  ],
  play: async (target) => {
    await send(target, "conf/timeouts", "short", { seconds: 1 });
    await send(target, "conf/timeouts", "long", { seconds: 7 });
  },
  isOver: ({ trace }) => trace.story("timeouts", "short").includes("ends"),
  watchMs: 9_000,
  observe: ({ trace }) => ({ short: trace.story("timeouts", "short"), long: trace.story("timeouts", "long") }),
};

export const schedule: Scenario = {
  name: "a schedule in a time zone",
  functions: (client, { trace }) => [
    client.createFunction({ id: "schedule", triggers: [{ cron: "TZ=Europe/Lisbon * * * * *" }] }, ({ event }) => {
      const { cron } = event.data as { cron?: string };
      trace.note("schedule", "minute", `${event.name} ${cron}`);
    }),
  ],
  play: async () => {},
  isOver: ({ trace }) => trace.of("schedule").length > 0,
  observe: ({ trace }) => trace.story("schedule", "minute").slice(0, 1),
};
