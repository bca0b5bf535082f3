import { appendFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { inngest } from "#server/jobs/client.ts";
import { startWorker } from "#server/jobs/start-worker.ts";

/**
 * The real worker process with functions whose every execution is written to a file, which outlives `kill -9`. Tests start it
 * with FAIL_POINT, see it die, start it again, and read what was done twice and what was lost.
 */
const log = (line: string): void => appendFileSync(process.env.CRASH_LOG ?? "/dev/null", `${line}\n`);

const chain = inngest.createFunction({ id: "chain", triggers: [{ event: "crash/chain" }], retries: 3 }, async ({ event, step }) => {
  const { n } = event.data as { n: number };
  for (let at = 1; at <= 5; at++) await step.run(`step ${at}`, () => log(`chain ${n} ${at}`));
  return n;
});

const nap = inngest.createFunction({ id: "nap", triggers: [{ event: "crash/nap" }], retries: 3 }, async ({ event, step, attempt }) => {
  const { n } = event.data as { n: number };
  await step.run("before", () => log(`nap ${n} before`));
  await step.sleep("nap", "1s");
  await step.run("after", () => log(`nap ${n} after`));
  return attempt;
});

const narrow = inngest.createFunction(
  { id: "narrow", triggers: [{ event: "crash/narrow" }], concurrency: { limit: 1, key: "event.data.lane" } },
  async ({ event, step }) => {
    const { n } = event.data as { n: number };
    await step.run("only", () => log(`narrow ${n} only`));
  },
);

const slow = inngest.createFunction(
  { id: "slow", triggers: [{ event: "crash/slow" }], concurrency: { limit: 2 } },
  async ({ event, step }) => {
    const { n } = event.data as { n: number };
    for (let at = 1; at <= 8; at++) {
      await step.run(`step ${at}`, async () => {
        log(`slow ${n} ${at}`);
        await new Promise((resolve) => setTimeout(resolve, 150));
      });
    }
  },
);

const wide = inngest.createFunction({ id: "wide", triggers: [{ event: "crash/wide" }], retries: 3 }, async ({ event, step }) => {
  const { n } = event.data as { n: number };
  const branch = async (name: string): Promise<void> => {
    await step.run(`${name} 1`, () => log(`wide ${n} ${name} 1`));
    await step.run(`${name} 2`, () => log(`wide ${n} ${name} 2`));
  };
  await Promise.all([branch("a"), branch("b"), branch("c")]);
  await step.run("end", () => log(`wide ${n} end`));
});

const wait = inngest.createFunction({ id: "wait", triggers: [{ event: "crash/wait" }], retries: 3 }, async ({ event, step }) => {
  const { n } = event.data as { n: number };
  await step.run("before", () => log(`wait ${n} before`));
  const came = await step.waitForEvent("come", { event: "crash/come", match: "data.n", timeout: "1h" });
  await step.run("after", () => log(`wait ${n} after ${came?.data.n === n}`));
});

const batch = inngest.createFunction(
  { id: "batch", triggers: [{ event: "crash/batch" }], retries: 3, batchEvents: { maxSize: 4, timeout: "1s" } },
  async ({ events, step }) => {
    await step.run("all", () => log(`batch ${events.map((event: { data: { n?: number } }) => event.data.n).join()}`));
  },
);

const half = inngest.createFunction({ id: "half", retries: 3 }, async ({ event, step }) =>
  step.run("half", () => {
    const { n } = event.data as { n: number };
    log(`half ${n}`);
    return n / 2;
  }),
);
const invoke = inngest.createFunction({ id: "invoke", triggers: [{ event: "crash/invoke" }], retries: 3 }, async ({ event, step }) => {
  const { n } = event.data as { n: number };
  const result = await step.invoke("half", { function: half, data: { n } });
  await step.run("after", () => log(`invoke ${n} after ${result}`));
});

// A process that is killed leaves nothing behind for the next one, unless it did so before.
flushCompileCache();
await startWorker({ functions: [chain, nap, narrow, slow, wide, wait, batch, half, invoke], port: 0 });
