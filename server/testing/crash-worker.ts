import { appendFileSync } from "node:fs";
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

await startWorker({ functions: [chain, nap, narrow, slow], port: 0 });
