import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { campaignPeopleAdded } from "#server/jobs/events.ts";
import { services } from "#server/services.ts";
import { prepareDrafts } from "./commands/prepare-drafts.ts";

/** People came into a campaign that has not started: the first mails are written ahead, to be read. */
const prepareDraftsJob = inngest.createFunction(
  { id: "prepare-drafts", name: "Write drafts", triggers: [campaignPeopleAdded], concurrency: { limit: 1, key: "event.data.campaignId" } },
  ({ event, step }) =>
    step.run("write", () =>
      withRetryPolicy(() => prepareDrafts(services, workspaceFromEvent(event), { campaignId: event.data.campaignId })),
    ),
);

export const campaignJobs = [prepareDraftsJob];
