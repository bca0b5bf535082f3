import { inngest } from "#server/jobs/client.ts";
import { countSizes } from "./commands.ts";

const countSizesJob = inngest.createFunction(
  { id: "count-sizes", name: "Count how big workspaces are", triggers: [{ cron: "23 * * * *" }], retries: 1 },
  async ({ step }) => ({ workspaces: await step.run("count", countSizes) }),
);

export const instanceJobs = [countSizesJob];
