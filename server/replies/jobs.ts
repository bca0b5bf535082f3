import { workspaceFromEvent } from "#server/core/tenancy.ts";
import { inngest } from "#server/jobs/client.ts";
import { withRetryPolicy } from "#server/jobs/errors.ts";
import { inboundMailStored } from "#server/jobs/events.ts";
import { services } from "#server/services.ts";
import { processInbound } from "./commands/process-inbound.ts";

/** Wakes at once when a mail was stored. The due kind "inbound" is its twin for events that got lost. */
export const processInboundJob = inngest.createFunction(
  { id: "process-inbound", name: "Read a mail", triggers: [inboundMailStored], concurrency: { limit: 4, key: "event.data.workspaceId" } },
  async ({ event, step }) => {
    const workspaceId = workspaceFromEvent(event);
    const { inboundId } = event.data;
    const { outcome } = await step.run("process", () => withRetryPolicy(() => processInbound(services, workspaceId, { inboundId })));
    return { outcome };
  },
);
