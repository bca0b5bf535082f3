import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { importCheckRequested, importRunRequested } from "#server/jobs/events.ts";
import { services } from "#server/services.ts";
import { finishCheck, importStretch, stageStretch } from "./commands/run-import.ts";

/** Stretches of at most eight seconds: a step fits the limits of any host, and each ends behind a committed chunk. */
const MOST_STEPS = 450;

export const checkImportJob = inngest.createFunction(
  {
    id: "check-lead-import",
    name: "Check a list",
    triggers: [importCheckRequested],
    concurrency: { limit: 1, key: "event.data.importId" },
  },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    for (let stretch = 0; stretch < MOST_STEPS; stretch++) {
      const outcome = await step.run(`read-${stretch}`, () =>
        withRetryPolicy(() => stageStretch(services, workspaceId, event.data.importId)),
      );
      if (outcome === "done") break;
    }
    await step.run("counted", () => withRetryPolicy(() => finishCheck(workspaceId, event.data.importId)));
  },
);

export const runImportJob = inngest.createFunction(
  { id: "run-lead-import", name: "Import a list", triggers: [importRunRequested], concurrency: { limit: 1, key: "event.data.importId" } },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    for (let stretch = 0; stretch < MOST_STEPS; stretch++) {
      const outcome = await step.run(`import-${stretch}`, () =>
        withRetryPolicy(() => importStretch(services, workspaceId, event.data.importId)),
      );
      if (outcome === "done") break;
    }
  },
);

export const importJobs = [checkImportJob, runImportJob];
