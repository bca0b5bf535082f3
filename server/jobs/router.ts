import * as z from "zod";
import { createRouter, operatorProcedure, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { cancelJobRun, retryJobRun } from "./commands.ts";
import { getEngineOverview, getJobInput, getQueueHealth, listJobFunctions, listJobRuns, listJobSteps } from "./queries.ts";
import { engineOverview, jobFunction, jobInput, jobStep, listJobRunsInput, listJobRunsOutput, queueHealth } from "./schema.ts";

const runInput = z.object({ runId: z.uuid() });

export const jobsRouter = createRouter({
  runs: workspaceQuery("jobs:read")
    .input(listJobRunsInput)
    .output(listJobRunsOutput)
    .query(({ ctx, input }) => listJobRuns(ctx.tx, input)),

  steps: workspaceQuery("jobs:read")
    .input(runInput)
    .output(z.array(jobStep))
    .query(({ ctx, input }) => listJobSteps(ctx.tx, input)),

  input: workspaceQuery("jobs:read")
    .input(runInput)
    .output(jobInput)
    .query(({ ctx, input }) => getJobInput(ctx.tx, input)),

  /** Over all workspaces, for the person who claimed the instance. */
  engine: operatorProcedure.output(engineOverview).query(() => getEngineOverview()),

  functions: workspaceQuery("jobs:read")
    .output(z.array(jobFunction))
    .query(({ ctx }) => listJobFunctions(ctx.tx)),

  health: workspaceQuery("jobs:read")
    .output(queueHealth)
    .query(({ ctx }) => getQueueHealth(ctx.tx)),

  cancel: workspaceMutation("jobs:write")
    .input(runInput)
    .mutation(({ ctx, input }) => cancelJobRun(ctx.tx, input, { actorId: ctx.userId, actorKind: ctx.actorKind })),

  retry: workspaceMutation("jobs:write")
    .input(runInput)
    .mutation(({ ctx, input }) => retryJobRun(ctx.tx, input, { actorId: ctx.userId, actorKind: ctx.actorKind })),
});
