import { sealAudits } from "#server/audit/commands/seal-audits.ts";
import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { services } from "#server/services.ts";
import { askForDue, endAskedDue } from "./ask-due.ts";
import { inngest } from "./client.ts";
import { withRetryPolicy } from "./errors.ts";
import { dueReached } from "./events.ts";
import { relayOnce } from "./relay.ts";
import { runDueBatch } from "./run-due.ts";

/** A run has at most 1,000 steps; what is left asks for the next run. */
const MOST_BATCHES = 400;

/** One run at a time per workspace and kind, one batch per step. */
export const dueJob = inngest.createFunction(
  { id: "due", name: "What is due", triggers: [dueReached], concurrency: { limit: 1, key: "event.data.lane" } },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    const { kind } = event.data;
    let handled = 0;
    for (let batch = 1; batch <= MOST_BATCHES; batch++) {
      const count = await step.run(`batch ${batch}`, () => withRetryPolicy(() => runDueBatch(services, workspaceId, [kind])));
      if (count === 0) break;
      handled += count;
    }
    await step.run("end", () => endAskedDue(workspaceId, kind));
    return { handled };
  },
);

/** The twin of the worker's own pump and relay: heals what they missed, and stands in for them where there is no worker. */
export const sweepJob = inngest.createFunction(
  { id: "sweep", name: "Sweep", triggers: [{ cron: "* * * * *" }], retries: 0 },
  async ({ step }) => {
    const relayed = await step.run("events", () => relayOnce());
    const asked = await step.run("due", () => askForDue());
    const sealed = await step.run("audit", () => sealAudits());
    return { relayed, asked, sealed };
  },
);
