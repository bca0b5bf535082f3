import { forgetLimits } from "#server/core/limits.ts";
import { inngest } from "#server/jobs/client.ts";
import { clearAnswers, makePartitions } from "./commands.ts";

/** Each night: the tables of the coming months, and what is kept for a day only. A month is made long before it begins, so a night that is missed costs nothing. */
const upkeepJob = inngest.createFunction(
  { id: "upkeep", name: "Upkeep", triggers: [{ cron: "17 3 * * *" }], retries: 2 },
  async ({ step }) => ({
    partitions: await step.run("partitions", makePartitions),
    limits: await step.run("limits", forgetLimits),
    answers: await step.run("answers", clearAnswers),
  }),
);

export const upkeepJobs = [upkeepJob];
