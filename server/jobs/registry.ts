import type { InngestFunction } from "inngest";
import { campaignJobs } from "#server/campaigns/jobs.ts";
import { importJobs } from "#server/imports/jobs.ts";
import { instanceJobs } from "#server/instance/jobs.ts";
import { leadJobs } from "#server/leads/jobs.ts";
import { processInboundJob } from "#server/replies/jobs.ts";
import { sandboxJobs } from "#server/sandbox/jobs.ts";
import { scoringJobs } from "#server/scoring/jobs.ts";
import { upkeepJobs } from "#server/upkeep/jobs.ts";
import { provideFunctions } from "./inline.ts";
import { dueJob, sweepJob } from "./jobs.ts";

/** Every function of the product: one line per room, `...leadJobs,`. */
export const functions: InngestFunction.Any[] = [
  dueJob,
  sweepJob,
  ...upkeepJobs,
  ...instanceJobs,
  ...campaignJobs,
  ...scoringJobs,
  ...importJobs,
  ...leadJobs,
  ...sandboxJobs,
  processInboundJob,
];

provideFunctions(functions);
