import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { leadBulkRequested } from "#server/jobs/events.ts";
import { continueBulk } from "./commands/run-bulk.ts";

const MOST_STEPS = 900;

export const runBulkJob = inngest.createFunction(
  { id: "run-lead-bulk", triggers: [leadBulkRequested], concurrency: { limit: 1, key: "event.data.bulkId" } },
  async ({ event, step }) => {
    for (let stretch = 0; stretch < MOST_STEPS; stretch++) {
      const outcome = await step.run(`stretch-${stretch}`, () =>
        withRetryPolicy(() => continueBulk(workspaceFromEvent(event), event.data.bulkId)),
      );
      if (outcome === "done") return;
    }
  },
);

export const leadJobs = [runBulkJob];
