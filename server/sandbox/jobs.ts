import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { endsOf, readEnd } from "#server/jobs/ended.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { sandboxRunRequested } from "#server/jobs/events.ts";
import { services } from "#server/services.ts";
import { endRun } from "./commands/request-run.ts";
import { runSandbox } from "./commands/run-sandbox.ts";

/** A step is short, so that a killed worker repeats little. */
const STEP_BUDGET_MS = 8_000;
const MOST_STEPS = 400;

const runJob = inngest.createFunction(
  {
    id: "sandbox-run",
    name: "Pretend time passes",
    triggers: [sandboxRunRequested],
    retries: 2,
    concurrency: { limit: 1, key: "event.data.workspaceId" },
    onFailure: async ({ event, step }) => {
      const { workspaceId, progressId } = event.data.event.data as { workspaceId: string; progressId: string };
      await step.run("say", () =>
        endRun(workspaceFromEvent({ data: { workspaceId } }), progressId, {
          status: "failed",
          result: "The run stopped by an error. What had happened until then stays; press it again to go on.",
        }),
      );
    },
  },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    const { progressId, until, withColleague } = event.data;
    const run = { until: new Date(until), withColleague, progressId, budgetMs: STEP_BUDGET_MS };
    for (let turn = 1; turn <= MOST_STEPS; turn++) {
      const { isDone } = await step.run(`turn ${turn}`, () => withRetryPolicy(() => runSandbox(services, workspaceId, run)));
      if (isDone) break;
    }
    await step.run("end", () => endRun(workspaceId, progressId));
  },
);

/** Cancelled on the Jobs page: it is told, or no other run could begin. */
const cancelledJob = inngest.createFunction(
  { id: "sandbox-run-cancelled", name: "Pretend time was stopped", triggers: endsOf("sandbox-run", ["cancelled"]) },
  ({ event, step }) => {
    const { asked } = readEnd(event);
    return step.run("say", () => endRun(workspaceFromEvent({ data: asked }), String(asked.progressId), { status: "cancelled" }));
  },
);

export const sandboxJobs = [runJob, cancelledJob];
