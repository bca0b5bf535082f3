import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { endsOf, readEnd } from "#server/jobs/ended.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { leadBulkRequested, leadEraseRequested } from "#server/jobs/events.ts";
import { services } from "#server/services.ts";
import { finishErasure } from "./commands/finish-erasure.ts";
import { continueBulk, endBulk } from "./commands/run-bulk.ts";

const MOST_STEPS = 900;

export const runBulkJob = inngest.createFunction(
  { id: "run-lead-bulk", name: "Change many people", triggers: [leadBulkRequested], concurrency: { limit: 1, key: "event.data.bulkId" } },
  async ({ event, step }) => {
    for (let stretch = 0; stretch < MOST_STEPS; stretch++) {
      const outcome = await step.run(`stretch-${stretch}`, () =>
        withRetryPolicy(() => continueBulk(workspaceFromEvent(event), event.data.bulkId)),
      );
      if (outcome === "done") return;
    }
  },
);

const bulkEndedJob = inngest.createFunction(
  { id: "lead-bulk-ended", name: "A change of many people ended early", triggers: endsOf("run-lead-bulk") },
  ({ event, step }) => {
    const { how, asked } = readEnd(event);
    return step.run("say", () => withRetryPolicy(() => endBulk(workspaceFromEvent({ data: asked }), String(asked.bulkId), how)));
  },
);

/** The long part of an erasure: every text of the workspace, and files. A crash in between begins it again. */
export const eraseJob = inngest.createFunction(
  { id: "erase-lead", name: "Erase a person", triggers: [leadEraseRequested], concurrency: { limit: 1, key: "event.data.workspaceId" } },
  ({ event, step }) =>
    step.run("everywhere", () => withRetryPolicy(() => finishErasure(services, workspaceFromEvent(event), { leadId: event.data.leadId }))),
);

export const leadJobs = [runBulkJob, bulkEndedJob, eraseJob];
